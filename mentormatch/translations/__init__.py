"""The languages of pages and mails: one .po file each, named by its code; English is the source and has none."""
