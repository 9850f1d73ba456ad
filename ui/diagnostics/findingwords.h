// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/finding.h"
#include "ui/widgets/icon.h"

namespace queuedeck::ui {

/// How severities, states and actions look: always a shape, a colour and words together.
struct Look
{
    Icon icon = Icon::Info;
    Color color = Color::Muted;
    QString word;
};

Look lookOf(domain::Severity severity, bool isFirst);
Look lookOf(domain::CheckOutcome::State state);

/// The words of the button; empty: there is none.
QString buttonText(domain::Remedy::Action action);
Icon buttonIcon(domain::Remedy::Action action);

/// The whole diagnosis as text, to send to somebody.
QString reportText(const domain::Diagnosis& diagnosis);

} // namespace queuedeck::ui
