// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/cardtext.h"

#include <QMap>

namespace queuedeck::handlers {

/// What a form's labels stand for. TradeName takes precedence over Licensee for the business's
/// name.
enum class FormField {
    Number,
    Business,
    TradeName,
    Licensee,
    Type,
    Issued,
    Expires,
    Term,
    Address,
    Restrictions,
    Notes,
    State,
    Other
};

/// The values by their labels, which are left of them, above them or in the same line. A value of
/// several lines has them in order.
QMap<FormField, QStringList> formValues(const QList<Piece>& pieces);

} // namespace queuedeck::handlers
