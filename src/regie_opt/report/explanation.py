"""stub"""


def explanation_report(scenario, found, language):
    return ()
