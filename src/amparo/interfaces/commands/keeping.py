"""Keeping an installation: erasures, the vault and its keys, back-ups, and large made-up crowds to measure with."""

import shutil
from datetime import timedelta
from pathlib import Path

import click
from django.conf import settings

from amparo.cases import erasure
from amparo.common.errors import Conflict
from amparo.common.types import OPERATOR, WORKER
from amparo.demo import crowd as made_up
from amparo.interfaces.commands import backup
from amparo.interfaces.commands.commands import as_head
from amparo.organisation.models import Agency
from amparo.vault import cipher, proving, rotation, sealing, shares
from amparo.vault import sweep as sweeping
from amparo.vault.root import Custodians, key_file


@click.command()
@click.option("--children", default=10_000, show_default=True, help="How many children.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same crowd.")
def crowd(children: int, seed: int) -> None:
    """Fill an empty demonstration with a large crowd of made-up children, to measure with."""
    if not settings.DEMO:
        raise Conflict("This is no demonstration: AMPARO_DEMO is not true. Nothing was done.")
    if Agency.objects.filter(code="CR01").exists():
        raise Conflict("The crowd is here already; it was kept.")
    with click.progressbar(length=children, label="Letting it happen") as bar:
        made_up.build(children=children, seed=seed, told=bar.update)


@click.group()
def vault() -> None:
    """Who the children are: erasures, what is left over, and the keys."""


@vault.command()
def resume_erasures() -> None:
    """Finish the confirmed erasures that a stopped machine left half done."""
    click.echo(f"{erasure.resume(by=WORKER)} erasures finished.")


@vault.command(name="sweep")
@click.option("--hours", default=24, show_default=True, type=click.IntRange(1), help="Leave what is younger.")
@click.option("--dry-run", is_flag=True, help="Only count.")
def sweep_vault(hours: int, dry_run: bool) -> None:
    """Remove what interrupted acts left in the vault and no record points to."""
    found = sweeping.sweep(by=WORKER, older_than=timedelta(hours=hours), dry_run=dry_run)
    for kind, number in sorted(found.items()):
        click.echo(f"{kind:<32}{number:>8}")
    click.echo(f"{found.total()} rows {'would be ' if dry_run else ''}removed.")


@vault.command(name="rotate-root")
def rotate_root() -> None:
    """Give the house a new root key. The desk may go on; run it again if it was interrupted."""
    click.echo(f"{sum(rotation.rotate_root(by=WORKER))} keys wrapped by the new root key.")


@vault.command(name="rotate-agencies")
def rotate_agencies() -> None:
    """Give every agency new keys. The desk may go on; run it again if it was interrupted."""
    click.echo(f"{sum(rotation.rotate_agencies(by=WORKER))} subjects' keys wrapped by new agency keys.")


@vault.command(name="split-root")
@click.option("--custodians", default=3, show_default=True, help="How many get a share.")
@click.option("--threshold", default=2, show_default=True, help="How many of them open the vault.")
def split_root(custodians: int, threshold: int) -> None:
    """Let custodians' shares, and no longer what opened it before, open the root key; prints each share once."""
    secret = cipher.new_key()
    printed = shares.split(secret, threshold=threshold, custodians=custodians)
    key_file().seal_again(Custodians(printed[:threshold]))
    click.echo(f"From now on set AMPARO_VAULT_UNSEAL=shares. Any {threshold} of these open the vault:")
    for number, share in enumerate(printed, start=1):
        click.echo(f"  custodian {number}: {share}")


@click.command(name="backup-key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_key(file: Path) -> None:
    """Write a new private key for back-ups to FILE, to be kept away from this machine; prints the public key."""
    private, public = sealing.new_pair()
    file.touch(0o600, exist_ok=False)
    file.write_text(private)
    click.echo(public)


@click.command(name="backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--to", "public", required=True, envvar="AMPARO_BACKUP_KEY", help="The public key of `backup-key`.")
def make_backup(folder: Path, public: str) -> None:
    """Copy the running installation into FOLDER, sealed. The keys' copy in FOLDER/keys is kept thirty days at most."""
    manifest = backup.make(folder, public)
    rows = sum(sum(about["rows"].values()) for about in manifest["files"].values())
    click.echo(f"{rows} rows of {len(manifest['files'])} databases. Head {manifest['head'][0]}:{manifest['head'][1]}")


@click.command(name="restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--into", required=True, type=click.Path(path_type=Path), help="A folder that does not exist yet.")
@click.option("--key", required=True, type=click.Path(exists=True, path_type=Path), help="The file of the private key.")
@click.option("--root-key", type=click.Path(exists=True, path_type=Path), help="The root key file, kept elsewhere.")
def restore_backup(folder: Path, into: Path, key: Path, root_key: Path | None) -> None:
    """Open the back-up in FOLDER into a new folder. Then: AMPARO_DATA=… amparo prove --head SEQ:HASH."""
    manifest = backup.restore(folder, into, key.read_text().strip())
    if root_key:
        shutil.copy(root_key, into / "root.key")
    head = ":".join(map(str, manifest["head"]))
    click.echo(f"Restored what was backed up at {manifest['made_at']}. Now prove it, there: amparo prove --head {head}")


@click.command()
@click.option("--head", metavar="SEQ:HASH", help="A head that was noted elsewhere, as in the manifest of a back-up.")
@click.option("--samples", default=20, show_default=True, help="How many sealed values are opened for a moment.")
def prove(head: str | None, samples: int) -> None:
    """Walk the chain and open some words of the vault without showing them: does this house hold together?"""
    proof = proving.prove(by=OPERATOR, head=as_head(head) if head else None, samples=samples)
    click.echo(f"{proof.links} links sound, {proof.opened} sealed values open.")


commands: list[click.Command] = [crowd, vault, backup_key, make_backup, restore_backup, prove]
