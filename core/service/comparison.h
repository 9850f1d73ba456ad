// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"

namespace queuedeck::service {

/// What one reader saw on a picture.
struct Reading
{
    QJsonObject fields;
    base::Sentence problem; ///< why nothing was read; empty: it was

    bool operator==(const Reading&) const = default;
};

/// The same picture read twice. A value.
struct Comparison
{
    domain::ScanType type = domain::ScanType::BusinessCard;
    Reading here;   ///< by this computer
    Reading claude; ///< by Claude
};

} // namespace queuedeck::service
