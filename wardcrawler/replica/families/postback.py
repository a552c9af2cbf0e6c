"""Pages that are one form, which their pagers send back (ASP.NET's ``__doPostBack``)."""

from collections.abc import Mapping


def page_form(action: str, main: str, *, more: str = "") -> str:
    """``main`` in a form with a view state, under it a calendar that posts back too; ``more`` are further
    hidden fields. ``action`` is not escaped.
    """
    days = "".join(
        f"<td><a href=\"javascript:__doPostBack('ctl00$Calendar1','{9800 + day}')\">{day}</a></td>"
        for day in range(1, 8)
    )
    return (
        f'<form method="post" action="{action.replace("&", "&amp;")}" id="aspnetForm">\n'
        '<input type="hidden" name="__EVENTTARGET" value="" /><input type="hidden" name="__EVENTARGUMENT" '
        f'value="" />\n<input type="hidden" name="__VIEWSTATE" value="{_state(action)}" />\n'
        f'<input type="hidden" name="__EVENTVALIDATION" value="/wEdAAUxZ==" />{more}\n'
        f'{main}\n<table id="ctl00_Calendar1" title="Calendar"><tr>{days}</tr></table></form>'
    )


def call(target: str, argument: str = "") -> str:
    """The address of a link that posts back."""
    return f"javascript:__doPostBack('{target}','{argument}')"


def is_sent_back(form: Mapping[str, str], action: str) -> bool:
    """Whether ``form`` is the form of the page at ``action``, with its view state."""
    return form.get("__VIEWSTATE") == _state(action)


def _state(action: str) -> str:
    return f"/wEPDwUK{len(action):04}="
