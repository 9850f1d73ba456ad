// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/importtarget.h"

#include <QDate>
#include <QMap>

#include <optional>

namespace queuedeck::ui {

/// The mapping that was used the last time for a file with these columns, in the user's settings.
struct EarlierMapping
{
    QMap<QString, QString> columns; ///< by field
    QDate day;
};

std::optional<EarlierMapping> earlierMapping(domain::ImportTarget target,
                                             const QStringList& columns);
void rememberMapping(domain::ImportTarget target, const QStringList& columns,
                     const QMap<QString, QString>& mapping);

} // namespace queuedeck::ui
