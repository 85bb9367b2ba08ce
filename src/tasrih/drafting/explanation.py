"""Why a draft is as it is: the rule that made each item, and how sure it was."""

from tasrih.record import Article, Entity, Provenance, Quote, Term


def explained(article: Article) -> str:
    """Why each decision of a draft fell as it did: a line an item, those first of which it is least sure."""
    items = [_reason(item) for item in article.quotes] + [_reason(item) for item in article.terms]
    items += [_reason_of_entity(entity) for entity in article.entities]
    items += [(0.0, f"{waiver.rule}  {waiver.at}  {waiver.reason}") for waiver in article.waivers]
    return "\n".join(line for _, line in sorted(items, key=lambda item: item[0]))


def _reason_of_entity(entity: Entity) -> tuple[float, str]:
    confidence, why = _made(entity.mentions[0].provenance)
    count = len(entity.mentions)
    value = f" = {entity.value}" if entity.value else ""
    times = f"{count} mentions" if count > 1 else "1 mention"
    return confidence, f"{entity.id}  {entity.type}  ({why}, {times}) “{entity.name}”{value}"


def _reason(item: Quote | Term) -> tuple[float, str]:
    span = item.spans[0] if isinstance(item, Quote) else item.span
    kind = item.type if isinstance(item, Quote) else item.kind
    cue = f", cue “{item.cue.text}”" if isinstance(item, Quote) and item.cue else ""
    confidence, why = _made(item.provenance)
    return confidence, f"{item.id}  {kind}  ({why}{cue}) “{span.text[:60]}”"


def _made(provenance: Provenance | None) -> tuple[float, str]:
    """How sure the rule was that made an item, and what to say of it."""
    if provenance is None:
        return 1, "given"
    return provenance.confidence, f"{provenance.rule}, {provenance.confidence:.2f}"
