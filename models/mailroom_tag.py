from odoo import api, models

from ..tools.placeholder_value import is_empty, plain


class MailroomTag(models.AbstractModel):
    """The catalogue of tags that people may use in templates.

    Each tag is a name and a function on a document; there is no other way from a
    template to data. Other files and addons add theirs by extending ``_specs``.
    """

    _name = "mailroom.tag"
    _description = "Catalogue of tags"

    @api.model
    def _specs(self):
        """Return all tags. TO EXTEND: ``super()._specs() + [TagSpec(…), …]``.

        A tag belongs here only when its value can be given.

        :rtype: list[TagSpec]
        """
        return []

    @api.model
    def _catalogue(self, kind):
        """Return the tags of one kind of template: lower-case name → tag.

        :param str kind: a key of ``const.TEMPLATE_KINDS``
        :rtype: dict[str, TagSpec]
        """
        return {
            key: spec
            for spec in self._specs()
            if spec.fits(kind)
            for key in spec.keys()
        }

    @api.model
    def _names(self, kind):
        """Return all names of the tags of one kind, as they are written."""
        fitting = [spec for spec in self._specs() if spec.fits(kind)]
        names = [alias for spec in fitting for alias in spec.aliases]
        return names + [spec.name for spec in fitting]

    @api.model
    def _elsewhere(self, kind):
        """Return ``{lower-case name: kinds}`` of the tags that other kinds have."""
        found = {}
        for spec in self._specs():
            for key in spec.keys():
                found.setdefault(key, []).extend(spec.kinds)
        known = self._catalogue(kind)
        return {key: tuple(kinds) for key, kinds in found.items() if key not in known}

    @api.model
    def _lookup(self, kind, document, catalogue=None):
        """Return the function that gives the values of one document's tags.

        :param document: one record, as ``_mailroom_for_values`` returns it
        :param dict catalogue: what ``_catalogue`` returned, where it is known
        """
        catalogue = catalogue or self._catalogue(kind)
        known = {}

        def lookup(key):
            spec = catalogue.get(key)
            if spec is None:
                return None
            if spec.name not in known:
                known[spec.name] = spec.value(document) or ""
            return known[spec.name]

        return lookup

    def _only_of(self, model, value):
        """Return the function of a tag that documents of other models leave empty: a
        free message is about documents of any kind."""
        return lambda document: value(document) if document._name == model else ""

    @api.model
    def _panel(self, kind, document=None):
        """Return what the panel beside the editor shows.

        :param document: a real document whose values are shown, or nothing
        :return: tags in the order of the catalogue, each with ``name``, ``group``,
            ``label``, ``aliases`` and ``value``
        :rtype: list[dict]
        """
        lookup = self._lookup(kind, document) if document else None
        return [
            {
                "name": spec.name,
                "group": spec.group,
                "label": spec.label,
                "aliases": list(spec.aliases),
                "value": self._shown(lookup(spec.name.casefold())) if lookup else "",
            }
            for spec in self._specs()
            if spec.fits(kind)
        ]

    def _shown(self, value):
        text = "" if is_empty(value) else plain(value)
        return text if len(text) <= 200 else f"{text[:199]}…"
