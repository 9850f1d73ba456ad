// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/payloadform.h"

#include "core/domain/jsonmembers.h"
#include "ui/dialogs/formrow.h"
#include "ui/widgets/label.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/theme.h"

#include <QHash>
#include <QScrollArea>
#include <QVBoxLayout>

namespace queuedeck::ui {

PayloadForm::PayloadForm(QWidget* parent)
    : QWidget(parent)
    , m_scroll(makeScrollColumn(new QWidget, this))
    , m_outside(new Label({}, TextRole::Small, Color::Muted))
{
    setObjectName(QStringLiteral("form"));
    m_outside->setObjectName(QStringLiteral("outside"));
    m_outside->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(space::kS));
    column->addWidget(m_scroll, 1);
    column->addWidget(m_outside);
}

void PayloadForm::setSchema(const QByteArray& schema)
{
    const domain::SchemaForm form = domain::formOf(schema);
    m_rows.clear();
    m_faults.clear();
    auto* rows = new QWidget; // the scroll area deletes the previous ones
    auto* column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, px(space::kS), 0);
    column->setSpacing(px(space::kS));
    int widest = 0;
    for (const domain::FormField& field : form.fields) {
        auto* row = new FormRow(field);
        connect(row, &FormRow::edited, this,
                [this, key = field.key](const QString& value) { Q_EMIT edited(key, value); });
        column->addWidget(row);
        widest = qMax(widest, row->titleWidth());
        m_rows += row;
    }
    column->addStretch(1);
    for (FormRow* row : std::as_const(m_rows))
        row->setTitleWidth(qMin(widest, px(130)));
    m_scroll->setWidget(rows);
    m_outside->hide();
}

void PayloadForm::showPayload(const QString& text)
{
    QHash<QString, QString> values;
    QStringList outside;
    for (const domain::JsonMember& member : domain::membersOf(text)) {
        if (!values.contains(member.key))
            outside += member.key;
        values[member.key] = member.valueIn(text);
    }
    m_faults.clear();
    for (FormRow* row : std::as_const(m_rows)) {
        const QString& key = row->field().key;
        outside.removeAll(key);
        if (!row->show(values.value(key)))
            m_faults += key;
    }
    m_outside->setVisible(!outside.isEmpty() && hasFields());
    m_outside->setText(outside.size() == 1
                           ? tr("1 value outside the form is kept as written: %1").arg(outside[0])
                           : tr("%1 values outside the form are kept as written: %2")
                                 .arg(outside.size())
                                 .arg(outside.join(QStringLiteral(", ")).left(300)));
}

void PayloadForm::setOff(bool isOff)
{
    m_scroll->setEnabled(!isOff);
}

QWidget* PayloadForm::firstField() const
{
    return m_rows.isEmpty() ? nullptr : m_rows.first()->editor();
}

} // namespace queuedeck::ui
