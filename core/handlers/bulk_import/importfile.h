// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace queuedeck::handlers {

/// The full path of a file that a job names. Only files in the folder of imports are read, whatever
/// a job says: anyone who can add a job could name any file of this computer. NotFound: it is not
/// there (yet); Invalid: it lies outside.
base::Result<QString> importFile(const QString& folder, const QString& name);

/// Beside an imported file: its rejected lines, and what the import did.
QString rejectedFileOf(const QString& path, const QString& job);
QString resultFileOf(const QString& path, const QString& job);

} // namespace queuedeck::handlers
