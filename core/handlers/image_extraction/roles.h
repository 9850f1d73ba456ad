// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::handlers {

/// How much a line looks like …, from about −3 (surely not) to 4 (surely). Judged by its words
/// alone; where it stands and what else is on the card is the caller's business.
double titleLikeness(const QString& text);
double companyLikeness(const QString& text);
double nameLikeness(const QString& text);

/// 0..1: how well a name fits the part of an email before the @ ("m.lindqvist").
double fitsLocalPart(const QString& name, const QString& local);
/// 0..1: how well a company fits a domain ("bergmann-wein.example").
double fitsDomain(const QString& company, const QString& domain);

} // namespace queuedeck::handlers
