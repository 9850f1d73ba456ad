// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/cardtext.h"

#include <optional>

namespace queuedeck::handlers {

/// An email address and where in its text it stood.
struct EmailAddress
{
    QString text; ///< as printed; empty where it cannot be had whole
    /// What it may be where letters are in doubt, and `text` is empty: only the name on the card
    /// can tell.
    QStringList readings;
    qsizetype start = 0;
    qsizetype length = 0;
};

/// The first email address of a text: all that may stand in one up to a space.
std::optional<EmailAddress> findEmail(const QString& text);

/// The one reading that is made of the name, as l.tann of Lena Tann; empty if none or several are.
QString readingOfName(const QStringList& readings, const QString& name);

} // namespace queuedeck::handlers
