// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/enqueuedialog.h"

#include "core/async/deliver.h"
#include "core/domain/payloadschema.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/dialogs/words.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QComboBox>
#include <QGridLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace queuedeck::ui {
namespace {

constexpr int kMostAtOnce = 10'000;

QJsonValue sampleOf(const QJsonObject& schema)
{
    const QJsonArray choices = schema.value(QLatin1String("enum")).toArray();
    if (!choices.isEmpty())
        return choices.first();
    const QString type = schema.value(QLatin1String("type")).toString();
    if (type == QLatin1String("integer") || type == QLatin1String("number"))
        return schema.value(QLatin1String("minimum")).toDouble(0);
    if (type == QLatin1String("boolean"))
        return false;
    if (type == QLatin1String("array"))
        return QJsonArray();
    if (type == QLatin1String("object"))
        return QJsonObject();
    return QString();
}

} // namespace

QByteArray payloadSkeleton(const QString& type)
{
    const QJsonObject schema = QJsonDocument::fromJson(domain::payloadSchema(type)).object();
    const QJsonObject fields = schema.value(QLatin1String("properties")).toObject();
    const QJsonArray required = schema.value(QLatin1String("required")).toArray();
    QStringList names;
    for (const QJsonValue& name : required)
        names.append(name.toString());
    // Without required fields all are offered; with some, only those: the rest may stay away.
    if (names.isEmpty())
        names = fields.keys();
    QStringList lines;
    for (const QString& name : names) {
        const QJsonDocument value(QJsonArray{sampleOf(fields.value(name).toObject())});
        const QString text = QString::fromUtf8(value.toJson(QJsonDocument::Compact));
        lines.append(QStringLiteral("  \"%1\": %2").arg(name, text.mid(1, text.size() - 2)));
    }
    return lines.isEmpty()
               ? QByteArrayLiteral("{}")
               : (QStringLiteral("{\n") + lines.join(QStringLiteral(",\n")) + QStringLiteral("\n}"))
                     .toUtf8();
}

EnqueueDialog::EnqueueDialog(service::Session& session, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_type(new QComboBox)
    , m_payload(new QPlainTextEdit)
    , m_verdict(new Label({}, TextRole::Small, Color::Muted))
    , m_count(new QSpinBox)
    , m_error(new Strip)
    , m_cancel(makeButton(tr("Don’t Enqueue"), nullptr))
    , m_enqueue(makeButton(Icon::Plus, tr("Enqueue 1 Job"), nullptr, ButtonRole::Primary))
{
    setWindowTitle(tr("Enqueue"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(px(560), px(440));
    m_type->setObjectName(QStringLiteral("type"));
    m_type->setEditable(true);
    m_type->setInsertPolicy(QComboBox::NoInsert);
    m_type->addItems(domain::knownJobTypes());
    m_type->setAccessibleName(tr("Type"));
    m_type->setMinimumWidth(px(240));
    m_payload->setObjectName(QStringLiteral("payload"));
    m_payload->setAccessibleName(tr("Payload"));
    m_payload->setFont(textFont(TextRole::Mono));
    m_payload->setTabChangesFocus(true);
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_verdict->setWordWrap(true);
    m_count->setObjectName(QStringLiteral("count"));
    m_count->setAccessibleName(tr("How many"));
    m_count->setRange(1, kMostAtOnce);
    m_count->setFixedWidth(px(80));
    m_cancel->setObjectName(QStringLiteral("safe"));
    m_enqueue->setObjectName(QStringLiteral("do"));
    m_enqueue->setIcon(makeIcon(Icon::Plus, Color::OnAccent));

    auto* grid = new QGridLayout;
    grid->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    grid->setHorizontalSpacing(px(space::kL));
    grid->setVerticalSpacing(px(space::kS));
    grid->setColumnStretch(1, 1);
    grid->addWidget(new Label(tr("Which job is to be added?"), TextRole::Title), 0, 0, 1, 2);
    grid->addWidget(new Label(tr("Type"), TextRole::Body, Color::Muted), 1, 0);
    grid->addWidget(m_type, 1, 1, Qt::AlignLeft);
    grid->addWidget(new Label(tr("Payload"), TextRole::Body, Color::Muted), 2, 0, Qt::AlignTop);
    grid->addWidget(m_payload, 2, 1);
    grid->addWidget(m_verdict, 3, 1);
    grid->addWidget(new Label(tr("How many"), TextRole::Body, Color::Muted), 4, 0);
    grid->addWidget(m_count, 4, 1, Qt::AlignLeft);
    grid->addWidget(m_error, 5, 0, 1, 2);
    grid->setRowStretch(2, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    foot->setSpacing(px(space::kS));
    foot->addWidget(new Label(tr("Nothing has been changed yet."), TextRole::Small, Color::Muted),
                    1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_enqueue);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(grid, 1);
    all->addWidget(new Hairline);
    all->addLayout(foot);

    m_settle.setSingleShot(true);
    m_settle.setInterval(150);
    connect(&m_settle, &QTimer::timeout, this, &EnqueueDialog::check);
    connect(m_payload, &QPlainTextEdit::textChanged, this, [this] {
        m_isValid = false;
        allow();
        m_settle.start();
    });
    connect(m_type, &QComboBox::currentTextChanged, this, &EnqueueDialog::fillSkeleton);
    connect(m_count, &QSpinBox::valueChanged, this, &EnqueueDialog::allow);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_enqueue, &QPushButton::clicked, this, &EnqueueDialog::enqueue);
    fillSkeleton();
    m_payload->setFocus();
}

void EnqueueDialog::setType(const QString& type)
{
    m_type->setCurrentText(type);
}

void EnqueueDialog::setPayload(const QByteArray& json)
{
    m_payload->setPlainText(QString::fromUtf8(json));
}

void EnqueueDialog::fillSkeleton()
{
    const QString now = m_payload->toPlainText();
    if (now.isEmpty() || now == m_skeleton) {
        m_skeleton = QString::fromUtf8(payloadSkeleton(m_type->currentText().trimmed()));
        m_payload->setPlainText(m_skeleton);
    }
    check();
}

void EnqueueDialog::check()
{
    const QString type = m_type->currentText().trimmed();
    const auto checked = domain::checkPayload(type, m_payload->toPlainText().toUtf8());
    m_isValid = checked.has_value() && !type.isEmpty();
    m_verdict->setColor(m_isValid ? Color::Completed : Color::Failed);
    if (type.isEmpty())
        m_verdict->setText(tr("A job needs a type."));
    else if (!checked)
        m_verdict->setText(checked.error().detail);
    else if (domain::payloadSchema(type).isEmpty())
        m_verdict->setText(tr("%1 has no schema here; any JSON object is accepted.").arg(type));
    else
        m_verdict->setText(tr("Matches the schema of %1.").arg(type));
    allow();
}

void EnqueueDialog::allow()
{
    m_enqueue->setText(
        m_count->value() == 1
            ? tr("Enqueue 1 Job")
            : counted(QT_TRANSLATE_N_NOOP("Dialogs", "Enqueue %L1 Jobs"), m_count->value()));
    m_enqueue->setEnabled(m_isValid && !m_isSending);
}

void EnqueueDialog::enqueue()
{
    m_settle.stop();
    check();
    if (!m_isValid || m_isSending)
        return;
    m_isSending = true;
    allow();
    m_error->hide();
    async::deliver(m_session.jobs().enqueue(m_type->currentText().trimmed(),
                                            m_payload->toPlainText().toUtf8(), m_count->value()),
                   this, [this](const base::Result<domain::JobIds>& ids) {
                       m_isSending = false;
                       allow();
                       if (!ids) {
                           m_error->say(Strip::Kind::Error, errorLine(ids.error()));
                           return;
                       }
                       emit enqueued(*ids);
                       accept();
                   });
}

} // namespace queuedeck::ui
