"""Links one book with Splink on DuckDB and prints what came of it as one line of JSON.

usage: splink_peer.py SET BOOK TRUTH.csv

The comparisons and blocking rules for the public sets are those that Splink's documentation proposes for them; for
the generated Chinese book they are what a person who knows the columns would write. The best threshold is picked with
the truth known, which favours the peer.
"""

import json
import resource
import sys

import duckdb
import numpy as np
import pandas as pd
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

UNLABELLED = dict(estimate_without_term_frequencies=True)


def febrl():
    return dict(
        rules=[block_on("soc_sec_id"), block_on("date_of_birth"), block_on("given_name", "surname"), block_on("postcode", "surname"),
               block_on("state", "address_1"), block_on("street_number", "address_1"), block_on("given_name", "suburb")],
        comparisons=[
            compare.NameComparison("given_name").configure(term_frequency_adjustments=True),
            compare.NameComparison("surname").configure(term_frequency_adjustments=True),
            compare.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True),
            compare.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            compare.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        ],
        certain=([block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], 0.85),
        learning=[block_on("date_of_birth"), block_on("postcode")],
    )


def historical():
    return dict(
        rules=[block_on("substr(first_name,1,3)", "substr(surname,1,4)"), block_on("surname", "dob"), block_on("first_name", "dob"),
               block_on("postcode_fake", "first_name"), block_on("postcode_fake", "surname"), block_on("dob", "birth_place"),
               block_on("substr(postcode_fake,1,3)", "dob"), block_on("substr(postcode_fake,1,3)", "first_name"),
               block_on("substr(postcode_fake,1,3)", "surname")],
        comparisons=[
            compare.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="both_names"),
            compare.DateOfBirthComparison("dob", input_is_string=True),
            compare.PostcodeComparison("postcode_fake"),
            compare.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            compare.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        certain=([block_on("first_name", "surname", "dob"), block_on("dob", "postcode_fake")], 0.6),
        learning=[block_on("first_name", "surname"), block_on("dob")],
    )


def chinese():
    return dict(
        rules=[block_on("id_no"), block_on("mobile"), block_on("name", "birth"), block_on("birth", "district"),
               block_on("name", "district"), block_on("email")],
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.92, 0.7]).configure(term_frequency_adjustments=True),
            compare.DateOfBirthComparison("birth", input_is_string=True, datetime_format="%Y-%m-%d", invalid_dates_as_null=True),
            compare.DamerauLevenshteinAtThresholds("id_no", [1, 2]),
            compare.DamerauLevenshteinAtThresholds("mobile", [1, 2]),
            compare.JaroWinklerAtThresholds("email", [0.92]),
            compare.ExactMatch("district").configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("address", [0.95, 0.85]),
        ],
        certain=([block_on("id_no"), block_on("mobile", "name"), block_on("name", "birth", "district")], 0.85),
        learning=[block_on("name", "birth"), block_on("mobile")],
    )


def book(which, path, connection):
    if which != "chinese":
        records = pd.read_csv(path, dtype=str, keep_default_na=False).replace("", None)
        if which == "h50k":
            records["both_names"] = records.first_name + " " + records.surname
        return records
    # What any system would do before it compares: no spaces, one form of dates and numbers.
    return connection.execute(f"""
        select record_id::varchar as record_id, replace(name, ' ', '') as name, replace(birth, '/', '-') as birth, right(mobile, 11) as mobile,
               email, district, translate(address, '０１２３４５６７８９－', '0123456789-') as address,
               case when length(id_no) = 15 then left(id_no, 6) || '19' || substr(id_no, 7, 9) else left(upper(id_no), 17) end as id_no
        from read_parquet('{path}')""").df()


def pairs_of(sizes):
    return float((sizes * (sizes - 1) // 2).sum())


def best_f1(bits, right, real):
    order = np.argsort(-bits, kind="stable")
    bits, right = bits[order], right[order]
    found, linked = np.cumsum(right), np.arange(1, len(right) + 1)
    last = np.r_[bits[1:] != bits[:-1], True]
    return float((2 * found / (linked + real))[last].max())


def main(which, path, truth_path):
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    records = book(which, path, connection)
    plan = dict(febrl3=febrl, febrl4=febrl, h50k=historical, chinese=chinese)[which]()
    settings = SettingsCreator(link_type="dedupe_only", unique_id_column_name="record_id",
                               blocking_rules_to_generate_predictions=plan["rules"], comparisons=plan["comparisons"])
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register(records), settings)
    rules, recall = plan["certain"]
    linker.training.estimate_probability_two_random_records_match(rules, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in plan["learning"]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, **UNLABELLED)
    pairs = linker.inference.predict(threshold_match_probability=0.001)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.95)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    truth = pd.read_csv(truth_path, dtype=str).set_index("record_id").entity_id
    real = pairs_of(truth.value_counts().to_numpy())
    scored = connection.execute(f"select match_weight, record_id_l, record_id_r from {pairs.physical_name}").df()
    right = (truth.reindex(scored.record_id_l.astype(str)).to_numpy() == truth.reindex(scored.record_id_r.astype(str)).to_numpy()).astype(int)
    found = connection.execute(f"select cluster_id, record_id from {clusters.physical_name}").df()
    found["entity"] = truth.reindex(found.record_id.astype(str)).to_numpy()
    both = pairs_of(found.groupby(["cluster_id", "entity"]).size().to_numpy())
    linked = pairs_of(found.groupby("cluster_id").size().to_numpy())
    print(json.dumps(dict(
        best_f1=best_f1(scored.match_weight.to_numpy(float), right, real), cluster_f1=2 * both / (linked + real),
        processor_seconds=usage.ru_utime + usage.ru_stime, peak_bytes=usage.ru_maxrss * 1024,
    )))


main(*sys.argv[1:])
