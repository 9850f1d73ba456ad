// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/enqueuedialog.h"

#include "core/async/deliver.h"
#include "core/domain/payloadschema.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QComboBox>
#include <QFormLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kMostJobs = 10'000;

// An object with every field the schema names, ready to be filled in.
QString skeleton(const QString& type)
{
    const QJsonObject schema =
        QJsonDocument::fromJson(domain::payloadSchema(type)).object();
    const QJsonObject fields = schema["properties"_L1].toObject();
    const QJsonArray required = schema["required"_L1].toArray();
    QStringList lines;
    for (const QString& field : fields.keys()) {
        if (!required.isEmpty() && !required.contains(field))
            continue;
        const QJsonArray choices = fields[field].toObject()["enum"_L1].toArray();
        lines += u"  \"%1\": \"%2\""_s.arg(field, choices.isEmpty() ? QString()
                                                                 : choices.first().toString());
    }
    return u"{\n"_s + lines.join(u",\n"_s) + u"\n}"_s;
}
} // namespace

EnqueueDialog::EnqueueDialog(service::JobService& jobs, QWidget* parent)
    : ConfirmDialog(tr("Enqueue"), tr("Which job is to be added?"), parent)
    , m_jobs(jobs)
    , m_type(new QComboBox(this))
    , m_payload(new QPlainTextEdit(this))
    , m_count(new QSpinBox(this))
    , m_strip(new Strip(this))
{
    setMinimumWidth(px(620));
    m_type->addItems(domain::knownJobTypes());
    m_payload->setFont(textFont(TextRole::Mono));
    m_payload->setAccessibleName(tr("Payload"));
    m_payload->setTabChangesFocus(true);
    m_payload->setMinimumHeight(px(180));
    m_count->setRange(1, kMostJobs);
    m_count->setAccessibleName(tr("How many"));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(px(space::kL));
    form->setVerticalSpacing(px(space::kS));
    const auto add = [this, form](const QString& text, QWidget* field) {
        auto* label = new Label(text, TextRole::Body, Color::Muted, this);
        label->setBuddy(field);
        form->addRow(label, field);
    };
    add(tr("Type"), m_type);
    add(tr("Payload"), m_payload);
    add(tr("How many"), m_count);
    content()->addLayout(form);
    content()->addWidget(m_strip);
    setButtons(tr("Cancel"), tr("Enqueue"), false);
    connect(m_type, &QComboBox::currentIndexChanged, this, &EnqueueDialog::fillPayload);
    connect(m_payload, &QPlainTextEdit::textChanged, this, &EnqueueDialog::judge);
    connect(this, &ConfirmDialog::confirmed, this, &EnqueueDialog::enqueue);
    fillPayload();
}

void EnqueueDialog::fillPayload()
{
    m_payload->setPlainText(skeleton(m_type->currentText()));
    judge();
}

void EnqueueDialog::judge()
{
    const auto checked =
        domain::checkPayload(m_type->currentText(), m_payload->toPlainText().toUtf8());
    actButton()->setEnabled(checked.has_value());
    if (checked)
        m_strip->say(Strip::Kind::Ok,
                     tr("Matches the schema of %1.").arg(m_type->currentText()));
    else
        m_strip->say(Strip::Kind::Warning, checked.error().detail);
}

void EnqueueDialog::enqueue()
{
    actButton()->setEnabled(false);
    async::deliver(m_jobs.enqueue(m_type->currentText(), m_payload->toPlainText().toUtf8(),
                                  m_count->value()),
                   this, [this](const base::Result<domain::JobIds>& ids) {
                       if (!ids) {
                           m_strip->say(Strip::Kind::Error, errorLine(ids.error()));
                           actButton()->setEnabled(true);
                           return;
                       }
                       Q_EMIT enqueued(int(ids->size()));
                       accept();
                   });
}

} // namespace queuedeck::ui
