// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/enqueuedialog.h"

#include "core/async/deliver.h"
#include "core/domain/payloadschema.h"
#include "core/service/jobservice.h"
#include "ui/dialogs/jobwords.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QGridLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {

constexpr qsizetype kCheckedWhileTyping = 256 * 1024; ///< a larger one is checked when it is sent

QString emptyValue(const QJsonObject& property)
{
    const QJsonArray choices = property["enum"_L1].toArray();
    if (!choices.isEmpty())
        return QString::fromUtf8(QJsonDocument(QJsonArray{choices.first()})
                                     .toJson(QJsonDocument::Compact)
                                     .chopped(1)
                                     .sliced(1));
    const QString type = property["type"_L1].toString();
    if (type == "integer"_L1 || type == "number"_L1)
        return u"0"_s;
    if (type == "boolean"_L1)
        return u"false"_s;
    if (type == "array"_L1)
        return u"[]"_s;
    if (type == "object"_L1)
        return u"{}"_s;
    return u"\"\""_s;
}

} // namespace

QString payloadTemplate(const QByteArray& schema)
{
    const QJsonObject root = QJsonDocument::fromJson(schema).object();
    const QJsonObject properties = root["properties"_L1].toObject();
    QStringList names;
    for (const QJsonValue& name : root["required"_L1].toArray())
        names += name.toString();
    for (const QString& name : properties.keys()) {
        if (!names.contains(name))
            names += name;
    }
    if (names.isEmpty())
        return u"{\n}"_s;
    QStringList lines;
    for (const QString& name : std::as_const(names))
        lines += u"  \"%1\": %2"_s.arg(name, emptyValue(properties[name].toObject()));
    return u"{\n%1\n}"_s.arg(lines.join(u",\n"_s));
}

EnqueueDialog::EnqueueDialog(service::JobService& jobs, const QStringList& types, QWidget* parent)
    : Dialog(u"enqueueDialog"_s, tr("Enqueue"), parent)
    , m_jobs(jobs)
    , m_type(new QComboBox(this))
    , m_payload(new QPlainTextEdit(this))
    , m_count(new QSpinBox(this))
    , m_validity(new Label({}, TextRole::Small, Color::Muted))
    , m_go(makeButton({}, this, ButtonRole::Primary))
{
    m_type->setObjectName(u"type"_s);
    m_type->setEditable(true);
    m_type->setAccessibleName(tr("Type"));
    for (const QString& known : types)
        m_type->addItem(showControls(known), known);
    m_payload->setObjectName(u"payload"_s);
    m_payload->setAccessibleName(tr("Payload"));
    m_payload->setFont(textFont(TextRole::Mono));
    m_payload->setTabChangesFocus(true);
    m_payload->setMinimumHeight(px(160));
    m_count->setObjectName(u"count"_s);
    m_count->setRange(1, 10'000);
    m_count->setAccessibleName(tr("How many"));
    m_validity->setObjectName(u"validity"_s);
    m_validity->setWordWrap(true);
    m_validity->setMinimumHeight(px(32));
    m_go->setObjectName(u"go"_s);
    QPushButton* safe = makeButton(tr("Don’t Enqueue"), this);
    safe->setObjectName(u"safe"_s);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(px(space::kM));
    grid->setVerticalSpacing(px(space::kS));
    const auto add = [&](int row, const QString& text, QWidget* widget, Qt::Alignment alignment) {
        auto* label = new Label(text, TextRole::Body, Color::Muted);
        label->setBuddy(widget);
        grid->addWidget(label, row, 0, alignment & Qt::AlignTop ? Qt::AlignTop : Qt::AlignVCenter);
        grid->addWidget(widget, row, 1,
                        alignment & Qt::AlignLeft ? Qt::AlignLeft : Qt::Alignment());
    };
    m_type->setMinimumWidth(px(240));
    add(0, tr("Type"), m_type, Qt::AlignLeft);
    add(1, tr("Payload"), m_payload, Qt::AlignTop);
    grid->addWidget(m_validity, 2, 1);
    add(3, tr("How many"), m_count, Qt::AlignLeft);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(1, 1);
    content()->addLayout(grid, 1);
    addToFoot(safe);
    addToFoot(m_go);
    resize(px(560), px(400));

    m_debounce.setSingleShot(true);
    m_debounce.setInterval(std::chrono::milliseconds(250));
    connect(&m_debounce, &QTimer::timeout, this, &EnqueueDialog::check);
    connect(m_payload, &QPlainTextEdit::textChanged, this, [this] { m_debounce.start(); });
    connect(m_type, &QComboBox::currentTextChanged, this, &EnqueueDialog::prefill);
    connect(m_count, &QSpinBox::valueChanged, this, &EnqueueDialog::check);
    connect(safe, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &EnqueueDialog::enqueue);
    prefill();
    m_payload->setFocus();
}

QString EnqueueDialog::type() const
{
    const QString text = m_type->currentText();
    const int known = m_type->findText(text, Qt::MatchExactly | Qt::MatchCaseSensitive);
    return known >= 0 ? m_type->itemData(known).toString() : text.trimmed();
}

void EnqueueDialog::prefill()
{
    // Never overwrite what the user has written.
    if (m_payload->toPlainText() == m_prefilled) {
        m_prefilled = payloadTemplate(domain::payloadSchema(type()));
        m_payload->setPlainText(m_prefilled);
    }
    check();
}

void EnqueueDialog::say(const QString& text, bool isError)
{
    m_validity->setText(text);
    m_validity->setColor(isError ? Color::Danger : Color::Muted);
}

void EnqueueDialog::check()
{
    m_debounce.stop();
    m_go->setText(jobwords::enqueueButton(m_count->value()));
    if (m_isSending)
        return;
    const QByteArray payload = m_payload->toPlainText().toUtf8();
    if (type().isEmpty()) {
        say(tr("A job needs a type."), true);
    } else if (payload.size() > kCheckedWhileTyping) {
        say(tr("%1, checked when it is sent.").arg(formatBytes(payload.size())), false);
    } else if (const auto checked = domain::checkPayload(type(), payload); !checked) {
        say(checked.error().detail.translated(), true);
        m_go->setEnabled(false);
        return;
    } else if (domain::payloadSchema(type()).isEmpty()) {
        say(tr("%1 has no schema here; any JSON object is accepted.").arg(type()), false);
    } else {
        say(tr("Matches the schema of %1.").arg(type()), false);
    }
    m_go->setEnabled(!type().isEmpty());
}

void EnqueueDialog::enqueue()
{
    check();
    if (!m_go->isEnabled() || m_isSending)
        return;
    m_isSending = true;
    m_go->setEnabled(false);
    async::deliver(m_jobs.enqueue(type(), m_payload->toPlainText().toUtf8(), m_count->value()),
                   this, [this](const base::Result<domain::JobIds>& ids) {
                       m_isSending = false;
                       if (ids) {
                           Q_EMIT enqueued(*ids);
                           accept();
                           return;
                       }
                       m_go->setEnabled(true);
                       say(errorLine(ids.error()), true);
                   });
}

} // namespace queuedeck::ui
