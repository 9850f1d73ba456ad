// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobexport.h"

namespace queuedeck::exports {

/// The places that the payloads of these jobs have, the most frequent first, each with an example.
QVector<domain::ExportPlace> placesOf(const QVector<domain::ExportedJob>& jobs);

/// How the file begins, and how large it would be.
base::Result<domain::ExportPreview> previewOf(const QVector<domain::ExportedJob>& jobs,
                                              const domain::ExportChoice& choice);

} // namespace queuedeck::exports
