// SPDX-License-Identifier: GPL-3.0-or-later
// What the dialog looks like; exportdialog_work.cpp is what it does.
#include "ui/exports/exportdialog.h"

#include "core/domain/jobfilter.h"
#include "ui/exports/exportcolumns.h"
#include "ui/exports/exportpaths.h"
#include "ui/exports/exportwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/place.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/windowplace.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::ExportFormat;

ExportDialog::ExportDialog(service::Session& session, const ExportQuestion& question,
                           QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_question(question)
    , m_formats(new QButtonGroup(this))
    , m_formatNote(new Label({}, TextRole::Small, Color::Muted))
    , m_zone(new QComboBox(this))
    , m_times(new QComboBox(this))
    , m_timeExample(new Label({}, TextRole::Mono, Color::Muted))
    , m_columns(new ExportColumns(this))
    , m_paths(new ExportPaths(this))
    , m_lines(new QPlainTextEdit(this))
    , m_file(new QLineEdit(this))
    , m_choose(makeButton(tr("Choose…"), this))
    , m_compress(new QCheckBox(tr("Compress"), this))
    , m_bom(new QCheckBox(tr("Mark as UTF-8"), this))
    , m_body(new QWidget(this))
    , m_error(new Strip(this))
    , m_bar(new QProgressBar(this))
    , m_foot(new Label({}, TextRole::Small, Color::Muted))
    , m_safe(makeButton(tr("Don’t Export"), this))
    , m_go(makeButton(Icon::Download, {}, this, ButtonRole::Primary))
    , m_stopButton(makeButton(Icon::Stop, tr("Stop"), this))
{
    setObjectName(u"exportDialog"_s);
    const Place place = placeOf(parent);
    setWindowTitle(titleAt(place, exportwords::title(question.count)));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    stayOnScreen(*this);
    m_error->setObjectName(u"error"_s);
    m_bar->setObjectName(u"progress"_s);
    m_bar->setAccessibleName(tr("Jobs written"));
    m_bar->setTextVisible(false);
    m_bar->hide();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    addBand(*all, place);
    all->addWidget(makeBody(), 1);
    auto* middle = new QVBoxLayout;
    middle->setContentsMargins(px(space::kL), 0, px(space::kL), px(space::kS));
    middle->addWidget(m_error);
    middle->addWidget(m_bar);
    all->addLayout(middle);
    all->addWidget(new Hairline);
    all->addWidget(makeFoot());
    const QSize wanted(px(784), px(680));
    const int edge = px(space::kXxl);
    resize(parent ? wanted.boundedTo(parent->window()->size() - QSize(edge, edge)) : wanted);

    connect(m_columns, &ExportColumns::changed, this, &ExportDialog::changed);
    connect(m_paths, &ExportPaths::changed, this, &ExportDialog::changed);
    connect(m_error, &Strip::pressed, this, [this] {
        if (m_sample)
            write(true); // replaces the file
        else
            look();
    });
    m_progressTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_progressTimer, &QTimer::timeout, this, &ExportDialog::showProgress);
    nameFile();
    changed();
    look();
    m_safe->setFocus(Qt::TabFocusReason);
}

ExportDialog::~ExportDialog()
{
    m_stop.request_stop();
}

QWidget* ExportDialog::makeBody()
{
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kS));
    body->setSpacing(px(space::kM));
    auto* heading =
        new Label(exportwords::question(m_question.scope, m_question.count), TextRole::Title);
    heading->setObjectName(u"heading"_s);
    body->addWidget(heading);
    const QString filter = m_question.scope.ids ? QString() : m_question.scope.filter.text();
    if (!filter.isEmpty()) {
        auto* shownFilter = new ElidedLabel(showControls(filter), TextRole::Mono, Color::Muted);
        shownFilter->setObjectName(u"filter"_s);
        body->addWidget(shownFilter);
    }
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(px(space::kM));
    grid->setVerticalSpacing(px(space::kS));
    grid->setColumnMinimumWidth(0, px(70));
    grid->setColumnStretch(1, 1);
    addFormats(*grid);
    addTimes(*grid);
    body->addLayout(grid);

    m_lines->setObjectName(u"previewLines"_s);
    m_lines->setAccessibleName(tr("Preview, the first lines of the file"));
    m_lines->setReadOnly(true);
    m_lines->setTabChangesFocus(true);
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_lines->setFont(textFont(TextRole::Mono));
    m_lines->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_lines->setFixedHeight(px(78));
    auto* previewHead = new QHBoxLayout;
    previewHead->setSpacing(px(space::kS));
    previewHead->addWidget(new Label(tr("Preview"), TextRole::Strong));
    previewHead->addWidget(new Label(tr("first 2 rows"), TextRole::Small, Color::Muted), 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(px(space::kXs));
    right->addWidget(m_paths, 1);
    right->addLayout(previewHead);
    right->addWidget(m_lines);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(px(space::kL));
    m_columns->setFixedWidth(px(170));
    middle->addWidget(m_columns);
    middle->addLayout(right, 1);
    body->addLayout(middle, 1);
    body->addWidget(makeFile());
    return m_body;
}

void ExportDialog::addFormats(QGridLayout& grid)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kXs));
    for (const ExportFormat format : {ExportFormat::Csv, ExportFormat::Jsonl, ExportFormat::Xlsx}) {
        const QString name = domain::exportFormatName(format);
        auto* button = makeButton(name.toUpper(), this);
        button->setObjectName(u"format_"_s + name);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setChecked(name == settings::exportFormat().read() || format == ExportFormat::Csv);
        m_formats->addButton(button, int(format));
        row->addWidget(button);
    }
    if (const auto kept = domain::exportFormatFrom(settings::exportFormat().read()))
        m_formats->button(int(*kept))->setChecked(true);
    m_formatNote->setObjectName(u"formatNote"_s);
    m_formatNote->setWordWrap(true);
    row->addSpacing(px(space::kS));
    row->addWidget(m_formatNote, 1);
    grid.addWidget(new Label(tr("Format"), TextRole::Small, Color::Muted), 0, 0);
    grid.addLayout(row, 0, 1);
    connect(m_formats, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (!isOn)
            return;
        nameFile();
        changed();
    });
}

void ExportDialog::addTimes(QGridLayout& grid)
{
    m_zone->setObjectName(u"zone"_s);
    m_zone->setAccessibleName(tr("Time zone"));
    m_zone->addItem(tr("UTC"), "UTC"_ba);
    const QByteArray here = QTimeZone::systemTimeZoneId();
    if (!here.isEmpty() && here != "UTC")
        m_zone->addItem(tr("%1 (this computer)").arg(QString::fromUtf8(here)), here);
    if (timeZone() == TimeZone::Local && m_zone->count() > 1)
        m_zone->setCurrentIndex(1);
    m_times->setObjectName(u"times"_s);
    m_times->setAccessibleName(tr("How times are written"));
    m_times->addItem(tr("ISO 8601"), int(domain::ExportChoice::Times::Iso));
    m_times->addItem(tr("For spreadsheets"), int(domain::ExportChoice::Times::Plain));
    m_timeExample->setObjectName(u"timeExample"_s);
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kS));
    row->addWidget(m_zone);
    row->addWidget(m_times);
    row->addWidget(m_timeExample, 1);
    grid.addWidget(new Label(tr("Times"), TextRole::Small, Color::Muted), 1, 0);
    grid.addLayout(row, 1, 1);
    for (QComboBox* box : {m_zone, m_times})
        connect(box, &QComboBox::activated, this, &ExportDialog::changed);
}

QWidget* ExportDialog::makeFile()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins({});
    row->setSpacing(px(space::kS));
    auto* label = new Label(tr("File"), TextRole::Small, Color::Muted);
    label->setMinimumWidth(px(70));
    label->setBuddy(m_file);
    m_file->setObjectName(u"file"_s);
    m_file->setAccessibleName(tr("File"));
    m_choose->setObjectName(u"choose"_s);
    m_choose->setAutoDefault(false);
    m_compress->setObjectName(u"compress"_s);
    m_bom->setObjectName(u"bom"_s);
    m_bom->setAccessibleDescription(tr("A mark at the beginning, by which Excel knows UTF-8"));
    row->addWidget(label);
    row->addWidget(m_file, 1);
    row->addWidget(m_choose);
    row->addSpacing(px(space::kXs));
    row->addWidget(m_bom);
    row->addWidget(m_compress);
    connect(m_choose, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_file, &QLineEdit::textEdited, this, [this] {
        m_mayReplace = false;
        m_error->hide();
        showSize();
        updateGo();
    });
    connect(m_compress, &QCheckBox::toggled, this, [this] {
        nameFile();
        changed();
    });
    connect(m_bom, &QCheckBox::toggled, this, &ExportDialog::changed);
    return line;
}

QWidget* ExportDialog::makeFoot()
{
    auto* foot = new QWidget(this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    row->setSpacing(px(space::kS));
    m_foot->setObjectName(u"foot"_s);
    m_foot->setWordWrap(true);
    m_safe->setObjectName(u"safe"_s);
    m_go->setObjectName(u"go"_s);
    m_stopButton->setObjectName(u"stop"_s);
    m_stopButton->hide();
    row->addWidget(m_foot, 1);
    for (QPushButton* button : {m_safe, m_go, m_stopButton}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    connect(m_safe, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &ExportDialog::go);
    connect(m_stopButton, &QPushButton::clicked, this, &ExportDialog::reject);
    return foot;
}

} // namespace queuedeck::ui
