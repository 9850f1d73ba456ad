// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/cardtext.h"

#include <optional>

namespace queuedeck::handlers {

/// An email address and its position in the text.
struct EmailAddress
{
    QString text; ///< as printed; empty if it cannot be read completely
    /// What it may be if letters are in doubt, and `text` is empty: only the name on the card can
    /// decide.
    QStringList readings;
    qsizetype start = 0;
    qsizetype length = 0;
};

/// The first email address of a text: all that an address may contain, up to a space.
std::optional<EmailAddress> findEmail(const QString& text);

/// The one reading that is made from the name, such as l.tann from Lena Tann; empty if none or
/// several are.
QString readingOfName(const QStringList& readings, const QString& name);

} // namespace queuedeck::handlers
