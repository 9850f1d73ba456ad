// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/contactpatterns.h"

namespace queuedeck::handlers {

/// Who a card is about; empty if not seen. The scores are 0..1.
struct Roles
{
    QString name;
    QString title;
    QString company;
    double nameScore = 0;
    double companyScore = 0;
};

/// Chooses among the pieces that are neither contact nor address: every piece gets a score for
/// every role, and the assignment with the highest sum wins.
Roles chooseRoles(const QList<Piece>& pieces, const Contacts& contacts);

} // namespace queuedeck::handlers
