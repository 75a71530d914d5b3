"""What tells a case."""

from portal.core.normalise import case_numbers
from portal.web.fields import Form, Line, at_most, licence_plate, required
from portal.web.words import lazy_gettext as _


class LookUpForm(Form):
    """The plate of the car, and the number of its case."""

    plate = Line(_("Licence plate"), [required(_("Enter the licence plate.")), at_most(20), licence_plate])
    number = Line(_("Case number"), [required(_("Enter the case number.")), at_most(case_numbers.MAX_LENGTH)])
