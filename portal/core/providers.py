"""Mail providers with so many customers that how many of them ask at once says nothing."""

WELL_KNOWN = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.be outlook.fr outlook.de hotmail.com hotmail.be hotmail.nl hotmail.fr
    hotmail.de hotmail.co.uk live.com live.be live.nl live.fr live.de msn.com icloud.com me.com mac.com yahoo.com yahoo.fr
    yahoo.de yahoo.co.uk ymail.com aol.com proton.me protonmail.com pm.me zoho.com
    telenet.be skynet.be proximus.be scarlet.be voo.be pandora.be
    ziggo.nl kpnmail.nl kpnplanet.nl planet.nl xs4all.nl home.nl hetnet.nl upcmail.nl casema.nl chello.nl quicknet.nl
    orange.fr wanadoo.fr free.fr laposte.net sfr.fr bbox.fr neuf.fr numericable.fr
    gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de arcor.de 1und1.de posteo.de mailbox.org bluewin.ch aon.at
    """.split()  # noqa: SIM905 - to be read, not counted
)
