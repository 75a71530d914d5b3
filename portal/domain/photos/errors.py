"""Why a photo is not taken, beside what the picture itself says."""


class TooManyPhotos(Exception):
    """There are as many photos as a draft, or a case, may have."""


class PhotoUnknown(Exception):
    """No such photo belongs to whoever asks."""
