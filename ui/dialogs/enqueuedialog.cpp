// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/enqueuedialog.h"

#include "core/async/deliver.h"
#include "core/domain/jsonmembers.h"
#include "core/domain/payloadschema.h"
#include "core/service/jobservice.h"
#include "ui/dialogs/jobchooser.h"
#include "ui/dialogs/jobwords.h"
#include "ui/dialogs/payloadform.h"
#include "ui/jobdetail/jsonprinter.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {

constexpr qsizetype kCheckedWhileTyping = 256 * 1024; ///< a larger one is checked when it is sent
constexpr int kFormWidth = 404;

QVBoxLayout* makeColumn(QWidget* owner)
{
    auto* column = new QVBoxLayout(owner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(space::kS));
    return column;
}

QPlainTextEdit* makeText(const QString& objectName, const QString& name)
{
    auto* text = new QPlainTextEdit;
    text->setObjectName(objectName);
    text->setAccessibleName(name);
    text->setFont(textFont(TextRole::Mono));
    text->setTabChangesFocus(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    return text;
}

} // namespace

EnqueueDialog::EnqueueDialog(service::JobService& jobs, const QStringList& types, QWidget* parent)
    : Dialog(u"enqueueDialog"_s, tr("Enqueue"), parent)
    , m_jobs(jobs)
    , m_type(new QComboBox(this))
    , m_description(new Label({}, TextRole::Small, Color::Muted))
    , m_form(new PayloadForm)
    , m_formTitle(new Label(tr("Form"), TextRole::Strong))
    , m_payload(makeText(u"payload"_s, tr("Payload")))
    , m_schema(makeText(u"schema"_s, tr("Schema")))
    , m_tabs(new QTabBar)
    , m_texts(new QStackedWidget)
    , m_size(new Label({}, TextRole::Small, Color::Muted))
    , m_count(new QSpinBox(this))
    , m_validity(new Label({}, TextRole::Small, Color::Muted))
    , m_go(makeButton(Icon::Plus, {}, this, ButtonRole::Primary))
{
    makeHead(types);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(px(space::kL));
    sides->addWidget(makeFormSide());
    sides->addWidget(makeTextSide(), 1);
    content()->addLayout(sides, 1);
    content()->addWidget(new Hairline);
    m_count->setObjectName(u"count"_s);
    m_count->setRange(1, 10'000);
    m_count->setAccessibleName(tr("How many"));
    auto* foot = new QHBoxLayout;
    foot->setSpacing(px(space::kM));
    auto* countLabel = new Label(tr("How many"), TextRole::Body, Color::Muted);
    countLabel->setBuddy(m_count);
    foot->addWidget(countLabel);
    foot->addWidget(m_count);
    foot->addStretch(1);
    content()->addLayout(foot);
    QPushButton* safe = makeButton(tr("Don’t Enqueue"), this);
    safe->setObjectName(u"safe"_s);
    m_go->setObjectName(u"go"_s);
    addToFoot(safe);
    addToFoot(m_go);
    resize(px(832), px(560));

    m_debounce.setSingleShot(true);
    m_debounce.setInterval(std::chrono::milliseconds(250));
    connect(&m_debounce, &QTimer::timeout, this, &EnqueueDialog::check);
    connect(m_payload, &QPlainTextEdit::textChanged, this, [this] { m_debounce.start(); });
    connect(m_type, &QComboBox::currentTextChanged, this, &EnqueueDialog::setType);
    connect(m_form, &PayloadForm::edited, this, &EnqueueDialog::edit);
    connect(m_count, &QSpinBox::valueChanged, this, &EnqueueDialog::check);
    connect(safe, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &EnqueueDialog::enqueue);
    setType();
    QWidget* first = m_form->firstField();
    (first ? first : m_payload)->setFocus();
}

void EnqueueDialog::makeHead(const QStringList& types)
{
    m_type->setObjectName(u"type"_s);
    m_type->setEditable(true);
    m_type->setAccessibleName(tr("Type"));
    m_type->setMinimumWidth(px(220));
    for (const QString& known : types)
        m_type->addItem(showControls(known), known);
    m_description->setWordWrap(true);
    auto* label = new Label(tr("Type"), TextRole::Body, Color::Muted);
    label->setBuddy(m_type);
    QPushButton* fill = makeButton(Icon::Copy, tr("Fill from a Job…"), this);
    fill->setObjectName(u"fill"_s);
    connect(fill, &QPushButton::clicked, this, &EnqueueDialog::chooseJob);
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kM));
    head->addWidget(label);
    head->addWidget(m_type);
    head->addWidget(m_description, 1);
    head->addWidget(fill);
    content()->addLayout(head);
}

QWidget* EnqueueDialog::makeFormSide()
{
    auto* side = new QWidget;
    side->setObjectName(u"formSide"_s);
    QVBoxLayout* column = makeColumn(side);
    column->addWidget(m_formTitle);
    column->addWidget(m_form, 1);
    side->setFixedWidth(px(kFormWidth));
    return side;
}

QWidget* EnqueueDialog::makeTextSide()
{
    auto* side = new QWidget;
    m_payload->setMinimumHeight(px(160));
    m_schema->setReadOnly(true);
    m_tabs->setAccessibleName(tr("Payload or schema"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->addTab(tr("Raw JSON"));
    m_tabs->addTab(tr("Schema"));
    m_texts->addWidget(m_payload);
    m_texts->addWidget(m_schema);
    connect(m_tabs, &QTabBar::currentChanged, m_texts, &QStackedWidget::setCurrentIndex);
    m_validity->setObjectName(u"validity"_s);
    m_validity->setWordWrap(true);
    m_validity->setMinimumHeight(px(32));
    QPushButton* indentation = makeButton(tr("Indent"), nullptr, ButtonRole::Link);
    indentation->setObjectName(u"indent"_s);
    connect(indentation, &QPushButton::clicked, this, &EnqueueDialog::indent);
    auto* head = new QHBoxLayout;
    head->addWidget(m_tabs);
    head->addStretch(1);
    head->addWidget(m_size);
    auto* below = new QHBoxLayout;
    below->setSpacing(px(space::kM));
    below->addWidget(m_validity, 1);
    below->addWidget(indentation, 0, Qt::AlignTop);
    QVBoxLayout* column = makeColumn(side);
    column->addLayout(head);
    column->addWidget(m_texts, 1);
    column->addLayout(below);
    return side;
}

QString EnqueueDialog::type() const
{
    const QString text = m_type->currentText();
    const int known = m_type->findText(text, Qt::MatchExactly | Qt::MatchCaseSensitive);
    return known >= 0 ? m_type->itemData(known).toString() : text.trimmed();
}

void EnqueueDialog::setType()
{
    const QByteArray schema = domain::payloadSchema(type());
    const domain::SchemaForm form = domain::formOf(schema);
    m_description->setText(form.description);
    m_form->setSchema(schema);
    m_form->parentWidget()->setVisible(m_form->hasFields());
    m_schema->setPlainText(QString::fromUtf8(schema).trimmed());
    m_tabs->setTabEnabled(1, !schema.isEmpty());
    if (schema.isEmpty())
        m_tabs->setCurrentIndex(0);
    // Never overwrite what the user has written.
    if (m_payload->toPlainText() == m_prefilled) {
        m_prefilled = domain::payloadTemplate(schema);
        setText(m_prefilled);
    }
    check();
}

void EnqueueDialog::fillFrom(const domain::JobDetail& job)
{
    const int known = m_type->findData(job.job.type);
    if (known >= 0)
        m_type->setCurrentIndex(known);
    else
        m_type->setCurrentText(job.job.type);
    setText(job.payload.size() <= kCheckedWhileTyping ? printJson(job.payload).text
                                                      : QString::fromUtf8(job.payload));
    check();
}

// Keeps the place in the text, and what can be undone.
void EnqueueDialog::setText(const QString& text)
{
    if (text == m_payload->toPlainText())
        return;
    const int position = m_payload->textCursor().position();
    QTextCursor all(m_payload->document());
    all.select(QTextCursor::Document);
    all.insertText(text);
    QTextCursor cursor = m_payload->textCursor();
    cursor.setPosition(qMin<int>(position, int(text.size())));
    m_payload->setTextCursor(cursor);
}

void EnqueueDialog::edit(const QString& key, const QString& value)
{
    const QString text = m_payload->toPlainText();
    setText(value.isEmpty() ? domain::withoutMember(text, key)
                            : domain::withMember(text, key, value));
    check();
}

void EnqueueDialog::indent()
{
    const QByteArray payload = m_payload->toPlainText().toUtf8();
    if (payload.size() <= kCheckedWhileTyping && domain::checkObjectText(m_payload->toPlainText()))
        setText(printJson(payload).text);
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
    m_size->setText(formatBytes(payload.size()));
    const bool fits = checkText(payload);
    m_go->setEnabled(fits && !type().isEmpty());
}

// Says in place what is wrong.
bool EnqueueDialog::checkText(const QByteArray& payload)
{
    setNote({});
    mark({});
    const bool isLarge = payload.size() > kCheckedWhileTyping;
    if (!isLarge) {
        const base::Status isObject = domain::checkObjectText(QString::fromUtf8(payload));
        m_form->setOff(!isObject);
        if (!isObject) {
            say(isObject.error().detail.translated(), true);
            return false;
        }
        m_form->showPayload(QString::fromUtf8(payload));
    } else {
        m_form->setOff(true);
    }
    if (type().isEmpty()) {
        say(tr("A job needs a type."), true);
        return false;
    }
    if (isLarge) {
        say(tr("%1, checked when it is sent.").arg(formatBytes(payload.size())), false);
        return true;
    }
    const QStringList& faults = m_form->faults();
    const auto checked = domain::checkPayload(type(), payload);
    if (checked && faults.isEmpty()) {
        say(domain::payloadSchema(type()).isEmpty()
                ? tr("%1 has no schema here; any JSON object is accepted.").arg(type())
                : tr("Matches the schema of %1.").arg(type()),
            false);
        return true;
    }
    if (!faults.isEmpty())
        setNote(faults.size() == 1 ? tr("1 field needs correcting. Nothing has been enqueued yet.")
                                   : tr("%1 fields need correcting. Nothing has been enqueued yet.")
                                         .arg(faults.size()));
    mark(faults);
    say(checked ? tr("A field does not fit the schema.") : checked.error().detail.translated(),
        true);
    return false;
}

// The lines of these members.
void EnqueueDialog::mark(const QStringList& faults)
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString text = faults.isEmpty() ? QString() : m_payload->toPlainText();
    for (const domain::JsonMember& member : domain::membersOf(text)) {
        if (!faults.contains(member.key))
            continue;
        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(m_payload->document());
        line.cursor.setPosition(int(member.start));
        line.format.setBackground(tokenColor(Color::ErrorBg));
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks += line;
    }
    m_payload->setExtraSelections(marks);
}

void EnqueueDialog::chooseJob()
{
    auto* chooser = new JobChooser(m_jobs, type(), this);
    connect(chooser, &JobChooser::chosen, this, &EnqueueDialog::fillFrom);
    chooser->open();
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
