// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <vector>

namespace queuedeck::db {

/// Words that statements contain in braces, `{job_id}`, and what they stand for, which may contain
/// other words.
using Words = std::vector<std::pair<QString, QString>>;

/// The text with every known word filled in; unknown ones stay as they are.
QString filled(const QString& text, const Words& words);

} // namespace queuedeck::db
