// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/statusstrip.h"

#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QRegularExpression>
#include <QToolButton>

namespace queuedeck::ui {

StatusStrip::StatusStrip(QWidget* parent)
    : QWidget(parent)
    , m_left(new QHBoxLayout)
    , m_entry(new ElidedLabel({}, TextRole::Small, Color::Muted))
    , m_zone(new QToolButton)
{
    setFixedHeight(px(size::kStatusBar));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(space::kM), 1, px(space::kXs), 0);
    row->setSpacing(px(space::kM));
    row->addLayout(m_left);
    row->addStretch(1);
    row->addWidget(m_entry);
    row->addWidget(m_zone);
    m_left->setSpacing(px(space::kL));
    m_entry->hide();
    m_zone->setObjectName(QStringLiteral("zone"));
    m_zone->setFont(textFont(TextRole::Small));
    m_zone->setFixedHeight(px(size::kStatusBar) - 2);
    m_zone->setFocusPolicy(Qt::StrongFocus);
    m_zone->setForegroundRole(QPalette::PlaceholderText); // muted, in every theme
    connect(m_zone, &QToolButton::clicked, this, &StatusStrip::zoneClicked);
    updateZone();
}

void StatusStrip::setTexts(const QStringList& texts)
{
    while (QLayoutItem* item = m_left->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    static const QRegularExpression kLeadingNumber(
        QStringLiteral("^([≥≈]?\\s?[0-9][0-9.,'’\\s]*)\\s(.+)$"));
    bool isFirst = true;
    for (const QString& text : texts) {
        const QRegularExpressionMatch match =
            isFirst ? kLeadingNumber.match(text) : QRegularExpressionMatch();
        if (match.hasMatch()) {
            auto* number = new Label(match.captured(1).trimmed(), TextRole::Small, Color::Text);
            QFont bold = number->font();
            bold.setWeight(QFont::DemiBold);
            number->setFont(bold);
            m_left->addWidget(number);
            m_left->addSpacing(px(space::kXs) - m_left->spacing());
        }
        m_left->addWidget(
            new Label(match.hasMatch() ? match.captured(2) : text, TextRole::Small, Color::Muted));
        isFirst = false;
    }
}

void StatusStrip::setLastEntry(const QString& text)
{
    m_entry->setText(text);
    m_entry->setVisible(!text.isEmpty());
}

void StatusStrip::setFrameless(bool frameless)
{
    m_zone->setVisible(!frameless);
    m_entry->setVisible(!frameless && !m_entry->text().isEmpty());
}

void StatusStrip::updateZone()
{
    const bool isUtc = timeZone() == TimeZone::Utc;
    m_zone->setText(isUtc ? tr("UTC") : tr("Local"));
    m_zone->setToolTip(isUtc ? tr("Times are UTC; a click shows local time")
                             : tr("Times are local; a click shows UTC"));
    m_zone->setAccessibleName(isUtc ? tr("Times in UTC") : tr("Times in local time"));
}

void StatusStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokenColor(Color::Window));
    painter.fillRect(QRect(0, 0, width(), 1), tokenColor(Color::Line));
}

} // namespace queuedeck::ui
