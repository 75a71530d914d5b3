"""Why a photo is not taken, beside what the picture itself says."""


class TooManyPhotos(Exception):
    """The draft has as many photos as a case may have."""


class PhotoUnknown(Exception):
    """No such photo belongs to whoever asks."""
