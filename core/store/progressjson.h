// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "core/domain/progress.h"

#include <QHash>

namespace queuedeck::store {

/// How far jobs are, as the database keeps it: {"id": [fraction or null, "text"]}.
QString progressJson(const QHash<domain::JobId, domain::Progress>& jobs);
/// One value of it; empty if it is not of this form.
domain::Progress progressFromJson(const QByteArray& value);

} // namespace queuedeck::store
