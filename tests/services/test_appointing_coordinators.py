from mentormatch.services.bundle import Services


def test_a_console_link_signs_a_coordinator_in(services: Services) -> None:
    services.appointing_coordinators.appoint("ana@firm.example")
    token = services.appointing_coordinators.console_link("ANA@firm.example").rpartition("/")[2]

    signed_in = services.signing_in.by_link(token, browser="any browser")

    viewer = services.knowing_viewers.viewer(signed_in.token)
    assert (viewer.email, viewer.may_create_programmes) == ("ana@firm.example", True)
