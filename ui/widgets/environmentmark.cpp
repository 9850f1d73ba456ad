// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/environmentmark.h"

#include "ui/widgets/bandcolors.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QCoreApplication>
#include <QPainter>

namespace queuedeck::ui {
namespace {

QFont markFont()
{
    QFont font = textFont(TextRole::Micro);
    font.setWeight(QFont::Bold);
    font.setLetterSpacing(QFont::PercentageSpacing, 105);
    return font;
}

} // namespace

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Local: break;
    case Environment::Test: return QCoreApplication::translate("EnvironmentMark", "TEST");
    case Environment::Staging: return QCoreApplication::translate("EnvironmentMark", "STAGING");
    case Environment::Production: return QCoreApplication::translate("EnvironmentMark", "PROD");
    }
    return QCoreApplication::translate("EnvironmentMark", "LOCAL");
}

QSize environmentMarkSize(Environment environment)
{
    return {QFontMetrics(markFont()).horizontalAdvance(environmentWord(environment)) + px(16),
            px(18)};
}

void paintEnvironmentMark(QPainter& painter, const QRect& rect, Environment environment)
{
    const BandColors colors = bandColors(environment);
    paintBox(painter, rect, tokenColor(colors.background), tokenColor(colors.ink), 1, 3);
    painter.setFont(markFont());
    painter.setPen(tokenColor(colors.ink));
    painter.drawText(rect, Qt::AlignCenter, environmentWord(environment));
}

EnvironmentMark::EnvironmentMark(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setEnvironment(Environment::Local);
}

void EnvironmentMark::setEnvironment(Environment environment)
{
    m_environment = environment;
    setAccessibleName(environmentWord(environment));
    updateGeometry();
    update();
}

void EnvironmentMark::setOnPage(bool onPage)
{
    m_isOnPage = onPage;
    update();
}

QSize EnvironmentMark::sizeHint() const
{
    return environmentMarkSize(m_environment);
}

void EnvironmentMark::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_isOnPage) {
        ui::paintEnvironmentMark(painter, rect(), m_environment);
        return;
    }
    const BandColors colors = bandColors(m_environment);
    const bool isFilled = m_environment == Environment::Production;
    const QColor ink = tokenColor(colors.ink);
    paintBox(painter, rect(), isFilled ? ink : QColor(Qt::transparent), ink, 1, 3);
    painter.setFont(markFont());
    painter.setPen(isFilled ? tokenColor(colors.background) : ink);
    painter.drawText(rect(), Qt::AlignCenter, environmentWord(m_environment));
}

} // namespace queuedeck::ui
