// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingrow.h"

#include "ui/widgets/button.h"
#include "ui/widgets/quietwheel.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QPainter>
#include <QSignalBlocker>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

void MarkedLabel::mark(const QString& search)
{
    m_search = search;
    update();
}

// Marks what stands in one line; a note that takes two is found all the same.
void MarkedLabel::paintEvent(QPaintEvent* event)
{
    const QString words = text();
    const QFontMetrics metrics(font());
    if (!m_search.isEmpty() && metrics.horizontalAdvance(words) <= width()) {
        QPainter painter(this);
        for (const auto& [at, length] : hitsIn(words, m_search)) {
            const int left = metrics.horizontalAdvance(words.left(at));
            const int right = metrics.horizontalAdvance(words.left(at + length));
            painter.fillRect(
                QRect(left, (height() - metrics.height()) / 2, right - left, metrics.height()),
                tokenColor(Color::Flash));
        }
    }
    Label::paintEvent(event);
}

SettingRow::SettingRow(const SettingItem& item, QWidget* parent)
    : QWidget(parent)
    , m_item(item)
    , m_title(new MarkedLabel(item.title, TextRole::Strong))
    , m_note(new MarkedLabel(item.note, TextRole::Small, Color::Muted))
    , m_reset(makeButton(tr("Reset"), this, ButtonRole::Link))
{
    QWidget* control = nullptr;
    if (item.choices.isEmpty()) {
        m_number = new QSpinBox(this);
        m_number->setRange(item.least, item.most);
        m_number->setSuffix(item.unit.isEmpty() ? QString() : u' ' + item.unit);
        m_number->setKeyboardTracking(false); // not while a number is typed
        connect(m_number, &QSpinBox::valueChanged, this, [this](int value) { write(value); });
        control = m_number;
    } else {
        m_choices = new QComboBox(this);
        for (const auto& [label, value] : item.choices)
            m_choices->addItem(label, value);
        connect(m_choices, &QComboBox::activated, this,
                [this] { write(m_choices->currentData()); });
        control = m_choices;
    }
    control->setObjectName(item.id);
    control->setAccessibleName(item.title);
    control->setAccessibleDescription(item.note);
    control->setFocusPolicy(Qt::StrongFocus);
    leaveWheelToPage(*control);
    control->setMinimumWidth(px(m_number ? 80 : 200));
    m_reset->setObjectName(u"reset_"_s + item.id);
    m_reset->setAccessibleName(tr("Reset %1").arg(item.title));
    m_reset->setAutoDefault(false);
    m_note->setWordWrap(true);
    connect(m_reset, &QPushButton::clicked, this, &SettingRow::reset);

    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    head->addWidget(m_title);
    if (!item.where.isEmpty())
        head->addWidget(new Label(item.where, TextRole::Micro, Color::Muted));
    head->addStretch(1);
    auto* words = new QVBoxLayout;
    words->setSpacing(px(space::kXxs));
    words->addLayout(head);
    words->addWidget(m_note);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(28), px(space::kS), px(space::kM), px(space::kS));
    row->setSpacing(px(space::kM));
    row->addLayout(words, 1);
    row->addWidget(m_reset);
    row->addWidget(control);
    refresh();
}

void SettingRow::mark(const QString& search)
{
    m_title->mark(search);
    m_note->mark(search);
}

void SettingRow::setLine(bool hasLine)
{
    m_hasLine = hasLine;
    update();
}

void SettingRow::refresh()
{
    const QVariant value = m_item.read();
    if (m_number) {
        const QSignalBlocker quiet(m_number);
        m_number->setValue(value.toInt());
    } else {
        const int index = m_choices->findData(value);
        if (index < 0) { // set by hand, or by another version
            m_choices->addItem(value.toString(), value);
            m_choices->setCurrentIndex(m_choices->count() - 1);
        } else {
            m_choices->setCurrentIndex(index);
        }
    }
    m_reset->setVisible(m_item.isChanged());
    update();
}

void SettingRow::write(const QVariant& value)
{
    m_item.write(value);
    refresh();
    Q_EMIT changed();
}

void SettingRow::reset()
{
    write(m_item.usual);
}

void SettingRow::paintEvent(QPaintEvent* event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    if (m_hasLine)
        painter.fillRect(0, height() - 1, width(), 1, tokenColor(Color::RowLine));
    if (!m_item.isChanged())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokenColor(Color::Accent));
    const int side = px(6);
    painter.drawEllipse(QRect(px(11), (height() - side) / 2, side, side));
}

} // namespace queuedeck::ui
