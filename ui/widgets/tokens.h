// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace queuedeck::ui {

enum class Theme { Light, Dark, HighContrast };

/// A colour by its purpose, never by its hue. Every theme has all of them; the contrast of each
/// pair in use is tested by tests/ui/widgets/tst_tokens.cpp.
enum class Color {
    Window,
    Base,
    Sunken,
    Raised,
    Hover,
    Line,
    RowLine,
    Control,
    Text,
    Muted,
    Accent,
    OnAccent,
    Selection,
    SelectionIdle,
    Flash,
    Focus,
    Danger,
    OnDanger,
    Prod,
    OnProd,
    ProdTint,
    ProdControl,
    PausedControl,
    OnPaused,
    Link,
    Staging,
    OnStaging,
    Test,
    OnTest,
    Local,
    OnLocal,
    Pending,
    Processing,
    Completed,
    Failed,
    Stuck,
    Dead,
    Unknown,
    InfoBg,
    WarnBg,
    ErrorBg,
    OkBg,
    CodeKey,
    CodeString,
    CodeNumber,
    CodeError,
    Count
};

/// The colour of a token in a given theme; tokenColor(Color) in theme.h gives the current one.
QColor tokenColor(Theme theme, Color token);

/// Distances in reference pixels (13 px font); pass them through px().
namespace space {
inline constexpr int kXxs = 2, kXs = 4, kS = 8, kM = 12, kL = 16, kXl = 24, kXxl = 32;
}

/// Sizes in reference pixels; pass them through px().
namespace size {
inline constexpr int kBand = 36, kSidebar = 216, kRail = 56, kSidebarItem = 30, kFacet = 26;
inline constexpr int kQueryBar = 44, kActionBar = 40, kToolBar = 44, kStatusBar = 24;
inline constexpr int kTableHeader = 27, kRow = 28, kRowCompact = 24, kScanRow = 48;
inline constexpr int kControl = 28, kBandControl = 26, kIcon = 16, kStatusIcon = 14;
inline constexpr int kDetail = 436, kDetailMin = 360, kDetailBelow = 206, kOverviewCard = 94;
inline constexpr int kHitMin = 24;
inline constexpr int kRadiusControl = 4, kRadiusPanel = 6, kRadiusBadge = 8, kRadiusPill = 12;
inline constexpr int kSidebarToRail = 1180, kDetailBelowWidth = 1180, kCardsInTwoRows = 1100;
} // namespace size

} // namespace queuedeck::ui
