// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include "ui/widgets/settings.h"
#include "ui/widgets/style.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QScopedValueRollback>
#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace queuedeck::ui {
namespace {

constexpr double kReferenceFont = 13.0;

QPalette paletteOf(Theme theme)
{
    const auto color = [theme](Color token) { return tokenColor(theme, token); };
    QPalette palette(color(Color::Text), color(Color::Window));
    palette.setColor(QPalette::WindowText, color(Color::Text));
    palette.setColor(QPalette::Window, color(Color::Window));
    palette.setColor(QPalette::Base, color(Color::Base));
    palette.setColor(QPalette::AlternateBase, color(Color::Window));
    palette.setColor(QPalette::Text, color(Color::Text));
    palette.setColor(QPalette::PlaceholderText, color(Color::Muted));
    palette.setColor(QPalette::Button, color(Color::Raised));
    palette.setColor(QPalette::ButtonText, color(Color::Text));
    palette.setColor(QPalette::BrightText, color(Color::Danger));
    palette.setColor(QPalette::ToolTipBase, color(Color::Raised));
    palette.setColor(QPalette::ToolTipText, color(Color::Text));
    palette.setColor(QPalette::Link, color(Color::Link));
    palette.setColor(QPalette::LinkVisited, color(Color::Link));
    palette.setColor(QPalette::Highlight, color(Color::Selection));
    palette.setColor(QPalette::HighlightedText, color(Color::Text));
    palette.setColor(QPalette::Light, color(Color::Raised));
    palette.setColor(QPalette::Midlight, color(Color::Line));
    palette.setColor(QPalette::Mid, color(Color::Line));
    palette.setColor(QPalette::Dark, color(Color::Control));
    palette.setColor(QPalette::Shadow, color(Color::Control));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Color::Muted));
    palette.setColor(QPalette::Disabled, QPalette::Base, color(Color::Window));
    return palette;
}

/// The desktop's font; if it has none of its own and Inter is installed, Inter, which the design
/// was drawn with.
QFont windowFont()
{
    QFont font = QApplication::font();
    const QString family = QFontInfo(font).family();
    const bool isFallback =
        family.startsWith(QLatin1String("DejaVu")) || family.startsWith(QLatin1String("Noto Sans"));
    if (isFallback)
        font.setFamilies({QStringLiteral("Inter"), family});
    if (font.pixelSize() < 0 && isFallback)
        font.setPixelSize(qRound(font.pointSizeF() * kReferenceFont / 9.0));
    return font;
}

} // namespace

Appearance::Appearance() = default;
Appearance::~Appearance() = default;

Appearance& Appearance::instance()
{
    static Appearance look;
    return look;
}

void Appearance::install(QApplication& app, ThemeChoice choice)
{
    m_systemPalette = std::make_unique<QPalette>(app.palette());
    QFont font = windowFont();
    constexpr int kLeast = 80, kMost = 200;
    const int percent = std::clamp(settings::textPercent().read(), kLeast, kMost);
    if (font.pixelSize() > 0)
        font.setPixelSize(font.pixelSize() * percent / 100);
    else
        font.setPointSizeF(font.pointSizeF() * percent / 100);
    QApplication::setFont(font);
    QApplication::setStyle(new Style);
    app.installEventFilter(this);
    choose(choice);
}

void Appearance::choose(ThemeChoice choice)
{
    const QByteArray forced = qgetenv("QUEUEDECK_THEME");
    if (forced == "light")
        choice = ThemeChoice::Light;
    else if (forced == "dark")
        choice = ThemeChoice::Dark;
    else if (forced == "contrast")
        choice = ThemeChoice::HighContrast;
    m_choice = choice;
    apply();
}

Theme Appearance::systemTheme() const
{
    const QColor window = m_systemPalette->color(QPalette::Window);
    const QColor text = m_systemPalette->color(QPalette::WindowText);
    if (window == Qt::black && text == Qt::white)
        return Theme::HighContrast;
    return window.lightness() < text.lightness() ? Theme::Dark : Theme::Light;
}

void Appearance::apply()
{
    const Theme before = m_theme;
    switch (m_choice) {
    case ThemeChoice::System: m_theme = systemTheme(); break;
    case ThemeChoice::Light: m_theme = Theme::Light; break;
    case ThemeChoice::Dark: m_theme = Theme::Dark; break;
    case ThemeChoice::HighContrast: m_theme = Theme::HighContrast; break;
    }
    const QScopedValueRollback applying(m_applying, true);
    QApplication::setPalette(paletteOf(m_theme));
    if (before != m_theme)
        Q_EMIT changed();
}

bool Appearance::eventFilter(QObject* watched, QEvent* event)
{
    // The desktop changed its colours: they become the new "like the system".
    if (event->type() == QEvent::ApplicationPaletteChange && !m_applying && watched == qApp) {
        *m_systemPalette = QApplication::style()->standardPalette();
        if (m_choice == ThemeChoice::System)
            QMetaObject::invokeMethod(this, &Appearance::apply, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

QColor tokenColor(Color token)
{
    return tokenColor(Appearance::instance().theme(), token);
}

int px(int reference)
{
    static const double scale = QFontInfo(QApplication::font()).pixelSize() / kReferenceFont;
    return reference <= 1 ? reference : qMax(1, qRound(reference * scale));
}

QFont textFont(TextRole role)
{
    struct Type
    {
        int size;
        int weight;
    };
    static constexpr Type kTypes[] = {
        {11, QFont::DemiBold}, {12, QFont::Normal},   {13, QFont::Normal},   {13, QFont::DemiBold},
        {12, QFont::Normal},   {15, QFont::DemiBold}, {18, QFont::DemiBold}, {24, QFont::DemiBold}};
    const Type type = kTypes[static_cast<int>(role)];
    QFont font = role == TextRole::Mono ? QFontDatabase::systemFont(QFontDatabase::FixedFont)
                                        : QApplication::font();
    font.setPixelSize(px(type.size));
    font.setWeight(static_cast<QFont::Weight>(type.weight));
    return font;
}

} // namespace queuedeck::ui
