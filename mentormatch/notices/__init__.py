"""Mail: how a notice is worded, made into final bytes and handed to a mail server."""
