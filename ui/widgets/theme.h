// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tokens.h"

#include <QFont>
#include <QObject>

#include <memory>

class QApplication;
class QPalette;

namespace queuedeck::ui {

enum class ThemeChoice { System, Light, Dark, HighContrast };

/// The look of the whole program: style, palette and font, switched live. There is one, because
/// QApplication has one; it lives on the GUI thread. Widgets that paint by tokens need no
/// connection: a switch reaches them as QEvent::PaletteChange and a repaint.
class Appearance : public QObject
{
    Q_OBJECT
public:
    static Appearance& instance();

    /// Puts style, font and palette on the application. QUEUEDECK_THEME=light|dark|contrast wins
    /// over `choice`, so that tests and screenshots do not depend on the desktop.
    void install(QApplication& app, ThemeChoice choice = ThemeChoice::System);

    void choose(ThemeChoice choice);
    ThemeChoice choice() const { return m_choice; }
    Theme theme() const { return m_theme; }

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Appearance();
    ~Appearance() override;
    Theme systemTheme() const;
    void apply();

    ThemeChoice m_choice = ThemeChoice::System;
    Theme m_theme = Theme::Light;
    std::unique_ptr<QPalette> m_systemPalette; ///< what the desktop asks for
    bool m_applying = false;
};

/// A token's colour in the current theme.
QColor tokenColor(Color token);

/// Reference pixels (at a 13 px font) to pixels at the system's font; a hairline stays 1.
int px(int reference);

enum class TextRole { Micro, Small, Body, Strong, Mono, Title, Finding, Figure };
/// The font of a role, sized from the application font.
QFont textFont(TextRole role);

} // namespace queuedeck::ui
