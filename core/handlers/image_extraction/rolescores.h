// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/contactpatterns.h"

namespace queuedeck::handlers {

/// Data that the scores of one card share.
struct CardView
{
    QString mailName;   ///< folded local part of the email
    QString mailDomain; ///< the word of the email's or the website's domain
    double tallest = 0; ///< height of the tallest piece, 0 without boxes
};

/// Scores are comparable with each other: 0 means no evidence, 3 and more is convincing.
double nameScore(const Piece& piece, const CardView& view);
double titleScore(const Piece& piece, const CardView& view);
double companyScore(const Piece& piece, const CardView& view);

/// How much of the company's name is in the domain, 0..1.
double domainResemblance(const QString& company, const QString& domain);
/// How much of the person's name is in the local part of the email, 0..1.
double mailResemblance(const QString& name, const QString& local);

} // namespace queuedeck::handlers
