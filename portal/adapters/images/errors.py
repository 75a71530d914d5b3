"""Why a file is not taken as a picture."""


class PictureRefused(Exception):
    """The file is not taken; the class below says why."""


class NotAPicture(PictureRefused):
    """None of the formats phones make, whatever its name says."""


class PictureTooLarge(PictureRefused):
    """More bytes or more pixels than we take."""


class PictureBroken(PictureRefused):
    """Cut short or damaged on its way."""


class PictureTooSlow(PictureRefused):
    """Took longer to decode than any honest picture."""


class PictureTooHeavy(PictureRefused):
    """Needed more memory than any honest picture, or killed its decoder."""


class ImagesUnavailable(Exception):
    """No decoder can be started, or all stay busy: the picture may be fine, try again later."""


REFUSALS = {
    refusal.__name__: refusal
    for refusal in (NotAPicture, PictureTooLarge, PictureBroken, PictureTooSlow, PictureTooHeavy)
}
