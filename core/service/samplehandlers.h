// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"
#include "core/handlers/command/commandspec.h"

#include <QVector>

namespace queuedeck::service {

/// The type of the sample data that stands for a type of the user's own.
inline const QString kSampleType = QStringLiteral("label_printing");

/// Whether this is the database of the sample data.
bool isSampleDatabase(const db::DatabaseUrl& url);
/// What runs kSampleType there, as a file in handlers.d would say it. Private to this room.
void addSampleHandlers(QVector<handlers::CommandSpec>& specs);

} // namespace queuedeck::service
