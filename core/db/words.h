// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <vector>

namespace queuedeck::db {

/// Words that statements hold in braces, `{job_id}`, and what they stand for. What one stands for
/// may hold others.
using Words = std::vector<std::pair<QString, QString>>;

/// The text with every known word filled in; what is no word stays as it is.
QString filled(const QString& text, const Words& words);

} // namespace queuedeck::db
