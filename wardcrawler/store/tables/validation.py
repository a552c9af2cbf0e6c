"""What may enter a batch. One bad value would make SQLite refuse a whole batch, again and again."""

from wardcrawler.items import Article, NormalText


def admit(article: Article, site: str) -> NormalText:
    """The normal text of ``article``. Raises ``ValueError`` unless it is of ``site``, has passed all
    pipelines, and is text.
    """
    if article.site != site:
        raise ValueError(f"{article.url!a} is of site {article.site!r}, not {site!r}")
    if not article.key or not article.content_hash or article.normal is None:
        raise ValueError(f"{article.url!a} lacks its key, content_hash or normal text")
    files = [text for file in article.attachments for text in (file.url, file.filename, file.label)]
    pictures = [text for image in article.images for text in (image.url, image.caption, image.alt)]
    require_text(
        article.url,
        required=[article.key, article.title, article.body, article.html, article.date_source, *files],
        optional=[
            article.title_printed,
            article.lead,
            article.author,
            article.source,
            article.category,
            article.published_at,
            article.date_precision,
            article.date_text,
            article.date_reason,
            *pictures,
        ],
    )
    return article.normal


def require_text(url: str, required: list[str], optional: list[str | None]) -> None:
    """Raise ``ValueError``, naming ``url``, unless all strings are Unicode text.

    Python's strings may hold lone surrogates ("\\ud800" in a page's JSON, for one); UTF-8 cannot.
    """
    try:
        "".join([url, *required, *(text for text in optional if text is not None)]).encode()
    except (TypeError, UnicodeEncodeError) as error:
        raise ValueError(f"{url!a} cannot be stored: {error}") from None
