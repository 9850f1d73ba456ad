// SPDX-License-Identifier: GPL-3.0-or-later
// The options of export.
#include "app/ctl/parser.h"

namespace queuedeck::ctl {

void Parser::addExport()
{
    CLI::App* exporting = command(
        "export", "Write jobs with their payloads to a file, newest first.",
        "  queuedeckctl export --where 'status:failed created:2026-11' --out failed.csv\n"
        "  queuedeckctl export --format jsonl | jq -c 'select(.attempts > 1)'\n"
        "  queuedeckctl export --out jobs.xlsx --columns id,status,createdAt,payload \\\n"
        "      --path payload.scanId --path payload.uploader.email \\\n"
        "      --mask payload.uploader.email=hash --zone Europe/Berlin\n"
        "Columns: id, type, status, attempts, createdAt, startedAt, completedAt, waited, ran, "
        "error,\n"
        "payload; waited and ran are seconds, of attempts that Queuedeck made. Times are UTC "
        "unless\n"
        "--zone says otherwise. csv puts an apostrophe before texts a spreadsheet would take for "
        "a\n"
        "formula; jsonl keeps everything as it is stored; xlsx holds real times and numbers, and "
        "at\n"
        "most 1,048,575 jobs. A mask hides a value, writes of an address only its host, or a hash\n"
        "that is the same for equal values of this file and of no other. Each job is written as it "
        "is\n"
        "when it is read; jobs added meanwhile are left out. The file appears once it is whole.",
        [this] {
            Export made;
            made.where = text(m_values.where);
            made.format = text(m_values.exportFormat);
            made.out = text(m_values.folder);
            made.columns = text(m_values.exportColumns);
            made.paths = texts(m_values.exportPaths);
            made.masks = texts(m_values.exportMasks);
            made.zone = text(m_values.zone);
            made.plainTimes = m_values.plainTimes;
            made.bom = m_values.bom;
            made.gzip = m_values.gzip;
            made.force = m_values.force;
            return made;
        });
    exporting->add_option("--where", m_values.where, "Only jobs that match this filter")
        ->type_name("QUERY");
    exporting
        ->add_option("--format", m_values.exportFormat,
                     "csv, jsonl or xlsx (default: as FILE is named, else csv)")
        ->type_name("FORMAT")
        ->check(oneOf({"csv", "jsonl", "xlsx"}));
    exporting
        ->add_option("--columns", m_values.exportColumns,
                     "Which columns, in which order, separated by commas")
        ->type_name("LIST");
    exporting
        ->add_option("--path", m_values.exportPaths,
                     "Write this place of the payload as a column of its own; repeatable")
        ->type_name("PATH")
        ->allow_extra_args(false);
    exporting
        ->add_option("--mask", m_values.exportMasks,
                     "PATH=hide, PATH=hash or PATH=host: do not write the value itself; repeatable")
        ->type_name("MASK")
        ->allow_extra_args(false);
    exporting
        ->add_option("--zone", m_values.zone,
                     "The time zone of csv and xlsx: UTC (default), local, Europe/Berlin …")
        ->type_name("ZONE");
    exporting->add_flag("--plain-times", m_values.plainTimes,
                        "csv: times as 2026-11-23 14:37:11, the zone in the header");
    exporting->add_flag("--bom", m_values.bom, "csv: begin with a mark by which Excel knows UTF-8");
    exporting->add_flag("--gzip", m_values.gzip,
                        "Compress csv or jsonl (default: if FILE ends in .gz)");
    CLI::Option* out =
        exporting->add_option("-o,--out", m_values.folder, "The file (default: standard output)")
            ->type_name("FILE");
    exporting->add_flag("--force", m_values.force, "Overwrite an existing file")->needs(out);
}

} // namespace queuedeck::ctl
