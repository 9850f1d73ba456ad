// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/statusstrip.h"

#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QRegularExpression>
#include <QToolButton>

namespace queuedeck::ui {

StatusStrip::StatusStrip(QWidget* parent)
    : QWidget(parent)
    , m_left(new QHBoxLayout)
    , m_number(new Label({}, TextRole::Small, Color::Text))
    , m_spend(new Label({}, TextRole::Small, Color::Muted))
    , m_change(makeButton({}, this, ButtonRole::Link))
    , m_entry(new ElidedLabel({}, TextRole::Small, Color::Muted))
    , m_zone(new QToolButton)
{
    setFixedHeight(px(size::kStatusBar));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(space::kM), 1, px(space::kXs), 0);
    row->setSpacing(px(space::kM));
    row->addLayout(m_left);
    row->addStretch(1);
    row->addWidget(m_change);
    row->addWidget(m_spend);
    row->addWidget(m_entry);
    row->addWidget(m_zone);
    m_left->setSpacing(px(space::kXs));
    QFont bold = m_number->font();
    bold.setWeight(QFont::DemiBold);
    m_number->setFont(bold);
    m_number->hide();
    m_left->addWidget(m_number);
    m_spend->setObjectName(QStringLiteral("spend"));
    m_spend->hide();
    m_entry->hide();
    m_change->setObjectName(QStringLiteral("change"));
    m_change->setFont(textFont(TextRole::Small));
    m_change->setFixedHeight(px(size::kStatusBar) - 2);
    setTip(m_change, tr("Shows the change that goes on"));
    m_change->hide();
    connect(m_change, &QPushButton::clicked, this, &StatusStrip::changeClicked);
    m_zone->setObjectName(QStringLiteral("zone"));
    m_zone->setFont(textFont(TextRole::Small));
    m_zone->setFixedHeight(px(size::kStatusBar) - 2);
    m_zone->setFocusPolicy(Qt::StrongFocus);
    m_zone->setForegroundRole(QPalette::PlaceholderText); // muted, in every theme
    connect(m_zone, &QToolButton::clicked, this, &StatusStrip::zoneClicked);
    updateZone();
}

// The labels are reused: if they were created anew for every reading, the bar would be blank for a
// moment each time.
void StatusStrip::setTexts(const QStringList& texts)
{
    static const QRegularExpression kLeadingNumber(
        QStringLiteral("^([≥≈]?\\s?[0-9][0-9.,'’\\s]*)\\s(.+)$"));
    QStringList words = texts;
    const QRegularExpressionMatch match = kLeadingNumber.match(words.value(0));
    m_number->setVisible(match.hasMatch());
    if (match.hasMatch()) {
        m_number->setText(match.captured(1).trimmed());
        words[0] = match.captured(2);
    }
    while (m_texts.size() < words.size()) {
        if (!m_texts.isEmpty())
            m_left->addSpacing(px(space::kL) - 2 * px(space::kXs));
        m_texts += new Label({}, TextRole::Small, Color::Muted, this);
        m_left->addWidget(m_texts.last());
    }
    for (qsizetype i = 0; i < m_texts.size(); ++i) {
        m_texts[i]->setText(words.value(i));
        m_texts[i]->setVisible(i < words.size());
    }
}

void StatusStrip::setChange(const QString& text)
{
    if (text.isEmpty() && m_change->hasFocus())
        m_zone->setFocus(Qt::OtherFocusReason);
    m_change->setText(text);
    m_change->setVisible(!text.isEmpty());
}

void StatusStrip::setLastEntry(const QString& text)
{
    m_entry->setText(text);
    m_entry->setVisible(!text.isEmpty());
}

void StatusStrip::setSpend(const QString& text, const QString& trouble)
{
    m_spend->setText(text);
    m_spend->setColor(trouble.isEmpty() ? Color::Muted : Color::Stuck);
    setTip(m_spend,
           trouble.isEmpty() ? tr("What reading by Claude has used today, in UTC") : trouble);
    m_spend->setVisible(!text.isEmpty() && !m_zone->isHidden());
}

void StatusStrip::setFrameless(bool frameless)
{
    m_zone->setVisible(!frameless);
    m_entry->setVisible(!frameless && !m_entry->text().isEmpty());
    m_spend->setVisible(!frameless && !m_spend->text().isEmpty());
}

void StatusStrip::updateZone()
{
    const bool isUtc = timeZone() == TimeZone::Utc;
    m_zone->setText(isUtc ? tr("UTC") : tr("Local"));
    setTip(m_zone, isUtc ? tr("Times are UTC; a click shows local time")
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
