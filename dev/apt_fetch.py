"""Fetch Debian packages without touching the system and without being root."""

from pathlib import Path

from dev.apt_sources import Source
from dev.folders import complete
from dev.paths import subfolder
from dev.programs import call

DEBIAN_KEYS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)


def fetch(archive: Source, components: str, packages: list[str], target: Path) -> None:
    """Download packages into a folder, all of them or none.

    :param archive: where from; its suites are all read.
    :param components: such as "main".
    :param packages: names, with `/suite` where several suites carry one.
    :param target: folder for the `.deb` files, which shall not exist yet.
    """
    config = _config(archive, components)
    environment = {"APT_CONFIG": str(config)}
    call("Reading the package lists", ["apt-get", "update", "-q"], env=environment)
    with complete(target) as folder:
        call(
            f"Downloading {packages[0].split('/')[0]}",
            ["apt-get", "download", "-q", *packages],
            env=environment,
            cwd=folder,
        )


def unpack(archives: Path, target: Path) -> None:
    """Unpack every `.deb` file of a folder into another folder."""
    for archive in sorted(archives.glob("*.deb")):
        call(f"Unpacking {archive.name}", ["dpkg", "-x", archive, target])


def _config(archive: Source, components: str) -> Path:
    """Write an apt configuration that knows these suites and folders only."""
    folder = subfolder("apt")
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    key = archive.signed_by or next(filter(_exists, DEBIAN_KEYS), "")
    options = f"[signed-by={key}] " if key else ""
    sources = folder / "sources.list"
    sources.write_text(
        "".join(
            f"deb {options}{archive.uri} {suite} {components}\n"
            for suite in archive.suites
        )
    )
    config = folder / "apt.conf"
    config.write_text(
        f'Dir::Etc::SourceList "{sources}";\n'
        'Dir::Etc::SourceParts "/dev/null";\n'
        f'Dir::State::Lists "{folder}/lists";\n'
        f'Dir::Cache "{folder}/cache";\n'
        # The user that apt downloads as cannot enter a private cache folder.
        'APT::Sandbox::User "";\n'
        'Acquire::Languages "none";\n'
        'Acquire::Retries "2";\n'
        'APT::Update::Error-Mode "any";\n'
    )
    return config


def _exists(path: str) -> bool:
    return Path(path).is_file()
