// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/environment.h"
#include "ui/widgets/tokens.h"

#include <QString>

namespace queuedeck::ui {

/// The colours of a band, and its word, by environment.
struct BandColors
{
    Color background;
    Color ink;
};

inline BandColors bandColors(Environment environment)
{
    switch (environment) {
    case Environment::Local: break;
    case Environment::Test: return {Color::Test, Color::OnTest};
    case Environment::Staging: return {Color::Staging, Color::OnStaging};
    case Environment::Production: return {Color::Prod, Color::OnProd};
    }
    return {Color::Local, Color::OnLocal};
}

QString environmentWord(Environment environment); ///< "PROD", "STAGING": translated

} // namespace queuedeck::ui
