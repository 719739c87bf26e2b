"""The little language of relations, computed cells, rollups and indicators (design 4).

``parser`` reads a text into the tree of ``nodes``; ``binding`` makes one instance of it for every place it
speaks of; ``evaluate`` reckons, with ``convert`` between units of money; ``explain`` puts it into words and
``formula`` into Excel's language.
"""
