// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/commands.h"
#include "core/service/uploadchoices.h"

namespace queuedeck::ctl {

// Parts of the command scan.

/// Whether only this file is at fault, so that the others can go on.
bool isFileFault(const base::Error& error, const QString& file);

/// Prints the tenants and users that scans may belong to.
Done listOwners(service::Session& session, Console& console);

/// Whose the pictures are and where they go; sets it in the session. Nothing is uploaded unless
/// that is clear.
base::Result<service::UploadChoices> choicesFor(service::Session& session, const Scan& scan);

/// Where the pictures of this command are, as a host they may be fetched from: the user has named
/// it. Empty if they are not on the web.
QString hostOf(const domain::UploadPlace& place);

/// "offline" or "claude", as far as it is certain; else empty.
QString readerOf(service::Session& session, const Scan& scan);

/// Reads the files with both readers and prints what they see. Needs no database.
Done compareReaders(Console& console, const Scan& scan);

} // namespace queuedeck::ctl
