"""Recipients table + letter template → numbered official letters as DOCX and PDF.

::

    recipients ──► merge ──► reader ──► model ──► writers ──► files
       table       Jinja    Markdown   Document   bytes
                     ▲                                │
                     └── register: number reserved ───┴──► register: number issued or void
    batch runs the line; cli opens the door; law says which law and which stage;
    extract reads finished letters from outside

Floors, from the top: ``cli`` · ``batch`` · the rooms ``recipients merge reader writers register law extract`` (no doors
between them) · the ground ``settings l10n files messages``, ``model``, ``errors``. Imports go down only; nobody inside
imports ``letters`` itself.
"""
