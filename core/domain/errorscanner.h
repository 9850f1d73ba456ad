// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/errorsignature.h"

namespace queuedeck::domain {

/// The signature of one line without invisible characters: see signatureOf.
ErrorSignature scannedLine(const QString& line);

} // namespace queuedeck::domain
