// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tokens.h"

#include <array>

namespace queuedeck::ui {
namespace {

struct Row
{
    Color token;
    QRgb light;
    QRgb dark;
    QRgb contrast;
};

// The numbers of design/tokens.json. A constexpr table rather than a file read at start: a token
// that is missing or out of order does not compile.
constexpr std::array kTokens{
    Row{Color::Window, 0xF5F6F8, 0x1A1D21, 0x000000},
    Row{Color::Base, 0xFFFFFF, 0x202429, 0x000000},
    Row{Color::Sunken, 0xECEEF1, 0x15171A, 0x000000},
    Row{Color::Raised, 0xFFFFFF, 0x282D33, 0x000000},
    Row{Color::Hover, 0xF0F3F7, 0x282D33, 0x1F1F1F},
    Row{Color::Line, 0xDCE0E6, 0x363C44, 0xFFFFFF},
    Row{Color::RowLine, 0xEDEFF2, 0x2A2F36, 0x5A5A5A},
    Row{Color::Control, 0x818A96, 0x7B8694, 0xFFFFFF},
    Row{Color::Text, 0x1B1F24, 0xE4E7EB, 0xFFFFFF},
    Row{Color::Muted, 0x56606B, 0xA7B0BB, 0xFFFFFF},
    Row{Color::Accent, 0x0A58CA, 0x7AB2FF, 0xFFD800},
    Row{Color::OnAccent, 0xFFFFFF, 0x0B1B33, 0x000000},
    Row{Color::Selection, 0xD9E7FC, 0x1C3557, 0x042460},
    Row{Color::SelectionIdle, 0xE4E7EC, 0x30363E, 0x262626},
    Row{Color::Flash, 0xFFF3C4, 0x40380F, 0x2B2600},
    Row{Color::Focus, 0x0A58CA, 0x7AB2FF, 0xFFD800},
    Row{Color::Danger, 0xB4232A, 0xFF9A95, 0xFFA6A6},
    Row{Color::OnDanger, 0xFFFFFF, 0x3A0607, 0x000000},
    Row{Color::Prod, 0x8A1538, 0x8A1538, 0xFFFFFF},
    Row{Color::OnProd, 0xFFFFFF, 0xFFFFFF, 0x8A0028},
    Row{Color::ProdTint, 0xFBEFF2, 0x34202A, 0x000000},
    Row{Color::ProdControl, 0x6B0F2B, 0x6B0F2B, 0xFFFFFF},
    Row{Color::PausedControl, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF},
    Row{Color::OnPaused, 0x6A3A00, 0x6A3A00, 0x6A3A00},
    Row{Color::Link, 0x0A58CA, 0x7AB2FF, 0xFFD800},
    Row{Color::Staging, 0xE3EFE8, 0x1E3329, 0x000000},
    Row{Color::OnStaging, 0x17492F, 0xA6DDBE, 0xFFFFFF},
    Row{Color::Test, 0xE4ECF8, 0x1D2E47, 0x000000},
    Row{Color::OnTest, 0x173E75, 0xB5D2FF, 0xFFFFFF},
    Row{Color::Local, 0xE6E8EC, 0x2C3138, 0x000000},
    Row{Color::OnLocal, 0x343B44, 0xD2D7DE, 0xFFFFFF},
    Row{Color::Pending, 0x56606B, 0xA7B0BB, 0xFFFFFF},
    Row{Color::Processing, 0x0A58CA, 0x7AB2FF, 0x8CCBFF},
    Row{Color::Completed, 0x17693A, 0x6CCB92, 0x7DF0A0},
    Row{Color::Failed, 0xB4232A, 0xFF9A95, 0xFFA6A6},
    Row{Color::Stuck, 0x8A4B00, 0xF2B65C, 0xFFD800},
    Row{Color::Dead, 0x6F35A5, 0xCDA5F3, 0xE3BDFF},
    Row{Color::Unknown, 0x1B1F24, 0xE4E7EB, 0xFFFFFF},
    Row{Color::InfoBg, 0xEAF1FD, 0x1D2E47, 0x000000},
    Row{Color::WarnBg, 0xFFF4DB, 0x3B3017, 0x000000},
    Row{Color::ErrorBg, 0xFDECEC, 0x43222A, 0x000000},
    Row{Color::OkBg, 0xE6F4EB, 0x1C3526, 0x000000},
    Row{Color::CodeKey, 0x7A3E00, 0xF2B65C, 0xFFD800},
    Row{Color::CodeString, 0x17693A, 0x6CCB92, 0x7DF0A0},
    Row{Color::CodeNumber, 0x0A58CA, 0x7AB2FF, 0x8CCBFF},
    Row{Color::CodeError, 0xB4232A, 0xFF9A95, 0xFFA6A6},
};

constexpr bool isInOrder()
{
    for (size_t i = 0; i < kTokens.size(); ++i) {
        if (kTokens[i].token != static_cast<Color>(i))
            return false;
    }
    return kTokens.size() == static_cast<size_t>(Color::Count);
}
static_assert(isInOrder());

} // namespace

QColor tokenColor(Theme theme, Color token)
{
    const Row& row = kTokens[static_cast<size_t>(token)];
    switch (theme) {
    case Theme::Light: return QColor(row.light);
    case Theme::Dark: return QColor(row.dark);
    case Theme::HighContrast: break;
    }
    return QColor(row.contrast);
}

} // namespace queuedeck::ui
