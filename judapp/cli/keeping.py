"""Commands that keep the file safe: verify, backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from judapp.cli.answer import Answer, command
from judapp.cli.options import FILE, PATH
from judapp.messages import text


def register(root: click.Group) -> None:
    """Add these commands to ``root``."""

    @command(root, "verify")
    @click.argument("file", type=FILE)
    @click.option("--deep", is_flag=True, help="Dựng lại toàn bộ từ nhật ký rồi so. / Replay the history.")
    def verify(lang: str, file: Path, deep: bool) -> Answer:
        """Kiểm tra tệp: cấu trúc, chuỗi nhật ký, và (--deep) từng số so với nhật ký.

        Prove the file: structure, chain of the history, and (--deep) every figure against it.
        """
        from judapp.app.safekeeping import verify as prove

        problems = prove(file, deep=deep)
        entries = [{"code": p.code, "message": text(p.code, lang, **p.params)} for p in problems]
        lines = [f"✕ {e['message']} ({e['code']})" for e in entries] or [
            text("CLI-verified", lang, file=str(file))
        ]
        return Answer({"ok": not problems, "problems": entries}, lines, errors=bool(problems))

    @command(root, "backup")
    @click.argument("file", type=FILE)
    @click.option("--to", type=PATH, help="Thư mục (mặc định cạnh tệp). / Folder.")
    def backup(lang: str, file: Path, to: Path | None) -> Answer:
        """Sao lưu tệp thành một bản đã kiểm tra.

        Make a checked backup.
        """
        from judapp.app.safekeeping import backup as keep

        path = keep(file, to)
        return Answer({"backup": str(path)}, [text("CLI-backup", lang, path=str(path))])

    @command(root, "restore")
    @click.argument("backup", type=FILE)
    @click.option("--to", "to", type=PATH, required=True, help="Tệp được phục hồi. / File to restore.")
    def restore(lang: str, backup: Path, to: Path) -> Answer:
        """Phục hồi từ bản sao lưu; tệp đang có được giữ lại dưới tên khác.

        Restore a backup; a present file is kept under another name.
        """
        from judapp.app.safekeeping import restore as bring_back

        kept = bring_back(backup, to)
        lines = [text("CLI-restored", lang, path=str(to))]
        if kept is not None:
            lines.append(text("CLI-restore-kept", lang, path=str(kept)))
        return Answer({"restored": str(to), "kept": str(kept) if kept else None}, lines)
